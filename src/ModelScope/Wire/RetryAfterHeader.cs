using System.Net.Http.Headers;

namespace Darkroom.ModelScope.Wire;

/// <summary>Reads the Retry-After header, which contains seconds or a date.</summary>
public static class RetryAfterHeader
{
    // A longer wait is probably an error of the server, so the wait is limited to one day.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The wait until the stated time, at most one day; null if the header is missing or unreadable.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var value = headers.RetryAfter;
        var wait = value?.Delta ?? value?.Date - now;
        if (wait is null)
            return null;
        if (wait < TimeSpan.Zero)
            return TimeSpan.Zero;
        return wait > Longest ? Longest : wait;
    }
}
