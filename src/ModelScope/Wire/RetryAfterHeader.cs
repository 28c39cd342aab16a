using System.Net.Http.Headers;

namespace Darkroom.ModelScope.Wire;

/// <summary>Reads Retry-After, in seconds or as a date.</summary>
internal static class RetryAfterHeader
{
    // A header that says "next year" is a mistake somewhere; a day later is soon enough to ask again.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var value = headers.RetryAfter;
        var wait = value?.Delta ?? value?.Date - now;
        if (wait is null)
            return null;
        if (wait < TimeSpan.Zero)
            return TimeSpan.Zero;
        return wait > Longest ? Longest : wait;
    }
}
