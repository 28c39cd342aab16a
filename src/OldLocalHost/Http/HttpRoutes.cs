using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Http;

/// <summary>Reads the routes of all functions and finds those that get into each other's way.</summary>
internal static class HttpRoutes
{
    // The host's own paths: a function there would never be reached in Azure.
    private static readonly string[] Reserved = ["admin", "runtime"];

    public static IReadOnlyList<HttpRoute> Of(FunctionCatalog catalog, string prefix, StartProblems problems)
    {
        var routes = catalog.Enabled(TriggerKind.Http).Select(function => Read(function, prefix, problems)).OfType<HttpRoute>().ToList();
        for (var i = 0; i < routes.Count; i++)
        {
            for (var j = i + 1; j < routes.Count; j++)
                ReportConflict(routes[i], routes[j], problems);
        }

        return routes;
    }

    private static HttpRoute? Read(AppFunction function, string prefix, StartProblems problems)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        var own = (trigger.Route ?? function.Name).Trim('/');
        var template = $"{prefix}/{own}".Trim('/');
        if (RouteTemplate.TryParse(template, out var problem) is not { } pattern)
        {
            problems.Add($"Function '{function.Name}': the route '{own}' is no route template: {problem}");
            return null;
        }

        if (Reserved.Contains(own.Split('/')[0], StringComparer.OrdinalIgnoreCase))
            problems.Add($"Function '{function.Name}': the route '{own}' begins like the host's own ones.");
        foreach (var optional in pattern.Parameters.Where(parameter => parameter.IsOptional && MustBeThere(function, parameter.Name)))
        {
            problems.Add(
                $"Function '{function.Name}': '{optional.Name}' may be missing in the route '{own}', so the parameter must be nullable or have a default value.");
        }

        var methods = (trigger.Methods ?? []).Select(method => method.ToUpperInvariant()).Distinct(StringComparer.Ordinal);
        return new HttpRoute(function, template, pattern, [.. methods], LevelOf(function, trigger));
    }

    private static bool MustBeThere(AppFunction function, string name) =>
        function.Parameters.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            is { IsReferenceOrNullableType: false, HasDefaultValue: false };

    // Written without a level the attribute says Anonymous, but a deployed function of that kind asks for a key.
    private static AuthorizationLevel LevelOf(AppFunction function, HttpTriggerAttribute trigger)
    {
        var written = function.Method.GetParameters().SelectMany(parameter => parameter.CustomAttributes)
            .Single(attribute => attribute.AttributeType == typeof(HttpTriggerAttribute));
        return written.Constructor.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(string[])
            ? AuthorizationLevel.Function
            : trigger.AuthLevel;
    }

    private static void ReportConflict(HttpRoute one, HttpRoute other, StartProblems problems)
    {
        if (RouteTemplate.Shape(one.Pattern) != RouteTemplate.Shape(other.Pattern))
            return;
        if (one.Methods.Count > 0 && other.Methods.Count > 0 && !one.Methods.Intersect(other.Methods, StringComparer.Ordinal).Any())
            return;
        problems.Add($"Functions '{one.Function.Name}' and '{other.Function.Name}' have the same route: '{one.Template}' and '{other.Template}'.");
    }
}
