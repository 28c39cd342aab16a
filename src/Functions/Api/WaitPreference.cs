using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>How long a caller wants the server to wait before it responds.</summary>
internal static class WaitPreference
{
    /// <summary>The longest wait; many proxies end a request soon after.</summary>
    public const int MaxSeconds = 100;

    /// <summary>Reads <c>?wait=N</c>; null when it is missing.</summary>
    /// <exception cref="FormatException">The value is not a whole number.</exception>
    public static int? OfQuery(HttpRequest request) => request.Query.TryGetValue("wait", out var text) ? Read(text.ToString()) : null;

    /// <summary>Reads <c>Prefer: wait=N</c>; null when it is missing or invalid, because a server may ignore a preference.</summary>
    public static int? OfPreference(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(value => (value ?? "").Split(',')).Select(one => one.Trim()))
        {
            if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return Math.Min(seconds, MaxSeconds);
        }

        return null;
    }

    private static int Read(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        ? Math.Min(seconds, MaxSeconds)
        : throw new FormatException($"Must be a whole number of seconds. The server waits at most {MaxSeconds} seconds.");
}
