using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>How long a caller wants to wait for an answer.</summary>
internal static class WaitPreference
{
    /// <summary>Proxies give up soon after.</summary>
    public const int MostSeconds = 100;

    /// <summary><c>?wait=N</c>; null when it is not there.</summary>
    /// <exception cref="FormatException">It is no number of seconds.</exception>
    public static int? OfQuery(HttpRequest request) => request.Query.TryGetValue("wait", out var text) ? Read(text.ToString()) : null;

    /// <summary><c>Prefer: wait=N</c>; null when it is not there, or not understood: a preference is no order.</summary>
    public static int? OfPreference(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(value => (value ?? "").Split(',')).Select(one => one.Trim()))
        {
            if (
                preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return Math.Min(seconds, MostSeconds);
        }

        return null;
    }

    private static int Read(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        ? Math.Min(seconds, MostSeconds)
        : throw new FormatException($"Must be a number of seconds, at most {MostSeconds} of which are waited.");
}
