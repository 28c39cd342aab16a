using System.Reflection;
using OpenTelemetry.Resources;

namespace Darkroom.Telemetry;

/// <summary>
/// Names the source of the worker's telemetry. The name of the service comes from Microsoft's detector: OTEL_SERVICE_NAME, otherwise the
/// name of the function app in Azure. The host uses the same rule, so both have the same role in Application Insights.
/// </summary>
internal static class AppResource
{
    /// <summary>Adds the version of the build and the name of the machine. OTEL_RESOURCE_ATTRIBUTES overrides both.</summary>
    public static void Configure(ResourceBuilder resource) => resource
        .AddAttributes(
        [
            new("service.version", Version),
            // Without it, the metrics of several instances could not be told apart.
            new("service.instance.id", Environment.MachineName),
        ])
        .AddEnvironmentVariableDetector();

    // With the commit of the build, if it was built from a repository.
    private static string Version =>
        typeof(AppResource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
