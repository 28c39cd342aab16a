using Microsoft.AspNetCore.Routing.Patterns;

namespace Darkroom.LocalHost.Http;

/// <summary>ASP.NET Core route templates, as far as they are compared before the app runs.</summary>
internal static class RouteTemplate
{
    /// <summary>The names of the values that a route gives; none when it is no template at all.</summary>
    public static IReadOnlyList<string> ParameterNames(string template) =>
        TryParse(template, out _) is { } pattern ? [.. pattern.Parameters.Select(parameter => parameter.Name)] : [];

    public static RoutePattern? TryParse(string template, out string problem)
    {
        problem = "";
        try
        {
            return RoutePatternFactory.Parse(template);
        }
        catch (RoutePatternException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>The same for two templates that match the same paths with the same precedence: names and case are left out.</summary>
    public static string Shape(RoutePattern pattern) =>
        string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Shape))));

    private static string Shape(RoutePatternPart part) => part switch
    {
        RoutePatternParameterPart parameter => Shape(parameter),
        RoutePatternLiteralPart literal => literal.Content.ToLowerInvariant(),
        RoutePatternSeparatorPart separator => separator.Content,
        _ => part.ToString() ?? "",
    };

    private static string Shape(RoutePatternParameterPart parameter)
    {
        var constraints = string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content).Order(StringComparer.Ordinal));
        return $"{{{(parameter.IsCatchAll ? "*" : "")}:{constraints}{(parameter.IsOptional ? "?" : "")}}}";
    }
}
