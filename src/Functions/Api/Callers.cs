using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>Identifies the caller of a request when the sign-in of App Service is on.</summary>
internal static class Callers
{
    // The sign-in of App Service sets this header and removes a value that the client sends. Without the sign-in a client can forge the
    // header, so it is ignored then.
    private const string Header = "X-MS-CLIENT-PRINCIPAL-ID";

    private static readonly bool IsSignInOn = string.Equals(
        Environment.GetEnvironmentVariable("WEBSITE_AUTH_ENABLED"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the caller may see what belongs to <paramref name="owner"/>. Without an owner, or without a known caller, the answer is yes.
    /// </summary>
    public static bool MaySee(HttpRequest request, string? owner) => owner is null || !IsSignInOn || Of(request) == owner;

    public static string? Of(HttpRequest request) => IsSignInOn && request.Headers.TryGetValue(Header, out var id) ? id.ToString() : null;
}
