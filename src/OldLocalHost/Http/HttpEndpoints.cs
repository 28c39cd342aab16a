using Darkroom.LocalHost.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Darkroom.LocalHost.Http;

/// <summary>Makes an endpoint of each HTTP function.</summary>
internal static class HttpEndpoints
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddRouting();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, VerbPolicy>());
        services.AddSingleton<HttpInvoker>();
    }

    /// <exception cref="StartException">A route has a constraint that there is not.</exception>
    public static void MapTo(WebApplication app)
    {
        var constraints = app.Services.GetRequiredService<ParameterPolicyFactory>();
        var invoker = app.Services.GetRequiredService<HttpInvoker>();
        var problems = new StartProblems();
        foreach (var route in app.Services.GetRequiredService<IReadOnlyList<HttpRoute>>())
        {
            CheckConstraints(route, constraints, problems);
            app.Map(route.Pattern, http => invoker.InvokeAsync(http, route)).WithMetadata(new AllowedVerbs(route.Methods)).WithDisplayName(route.Function.Name);
        }

        problems.ThrowIfAny();
    }

    // Routing itself would find out at the first request.
    private static void CheckConstraints(HttpRoute route, ParameterPolicyFactory constraints, StartProblems problems)
    {
        foreach (var parameter in route.Pattern.Parameters)
        {
            foreach (var policy in parameter.ParameterPolicies)
            {
                try
                {
                    constraints.Create(parameter, policy);
                }
                catch (Exception exception) when (exception is InvalidOperationException or RouteCreationException)
                {
                    problems.Add($"Function '{route.Function.Name}': the route '{route.Template}' has a constraint that cannot be used: {exception.Message}");
                }
            }
        }
    }
}
