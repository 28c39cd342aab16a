using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>Who asks, where somebody in front of the app has found that out.</summary>
internal static class Callers
{
    // Set by Azure's sign-in in front of the app, which removes what a caller sends under this name. Without it there are no callers.
    private const string Header = "X-MS-CLIENT-PRINCIPAL-ID";

    private static readonly bool IsSignInOn = string.Equals(
        Environment.GetEnvironmentVariable("WEBSITE_AUTH_ENABLED"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether what belongs to <paramref name="owner"/> is there for whoever asks. What nobody in particular asked for is there for all.
    /// </summary>
    public static bool MaySee(HttpRequest request, string? owner) => owner is null || Of(request) is not { } caller || caller == owner;

    public static string? Of(HttpRequest request) => IsSignInOn && request.Headers.TryGetValue(Header, out var id) ? id.ToString() : null;
}
