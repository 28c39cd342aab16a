using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Darkroom.LocalHost;

/// <summary>
/// The seam between the surface, which only declares, and the engine, which runs. It has no counterpart in the real packages.
/// </summary>
static class LocalFunctionsHost
{
    /// <summary>
    /// The first moment: the app has not run a line yet. What it reads from its configuration must be there when this returns.
    /// </summary>
    internal static WebApplicationBuilder CreateBuilder(string[]? args) => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        EnvironmentName = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT"),
    });

    /// <summary>The second moment: the app has added its services and middleware, the engine adds its own.</summary>
    internal static void AddTo(FunctionsApplicationBuilder builder)
    {
    }

    /// <summary>The third moment: the app is built, the engine adds its routes.</summary>
    internal static void MapTo(WebApplication app)
    {
    }
}
