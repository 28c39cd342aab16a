using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Darkroom.LocalHost.Hosting;

/// <summary>Lets pages of other origins call the functions, as <c>local.settings.json</c> allows.</summary>
internal static class Cors
{
    public static void Use(WebApplication app, LocalSettings settings)
    {
        if (settings.CorsOrigins.Count > 0)
            app.UseCors(policy => Allow(policy, settings));
    }

    private static void Allow(CorsPolicyBuilder policy, LocalSettings settings)
    {
        policy.AllowAnyHeader().AllowAnyMethod();
        if (settings.CorsOrigins.Contains("*"))
            policy.AllowAnyOrigin();
        else if (settings.CorsCredentials)
            policy.WithOrigins([.. settings.CorsOrigins]).AllowCredentials();
        else
            policy.WithOrigins([.. settings.CorsOrigins]);
    }
}
