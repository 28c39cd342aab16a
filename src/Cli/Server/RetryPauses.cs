namespace Darkroom.Cli.Server;

/// <summary>
/// The retry policy. Every request of this client can be repeated safely: GET, DELETE, and POST with a key. So a broken connection leads
/// to a retry. A server that was never reached is not retried.
/// </summary>
internal static class RetryPauses
{
    private static readonly double[] Pauses = [0.25, 0.5, 1, 2, 4, 4, 4, 4];

    private const int MaxRefusals = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The pause before a request that the server refused as retryable is sent again; null for no further try.</summary>
    /// <param name="refusals">The number of refusals so far, this one included.</param>
    /// <param name="retryAfterSeconds">The pause that the server requests.</param>
    public static TimeSpan? PauseAfterRefusal(int refusals, int? retryAfterSeconds)
    {
        var pause = TimeSpan.FromSeconds(Math.Max(retryAfterSeconds ?? 0, 1 << refusals));
        return refusals <= MaxRefusals && pause <= LongestPause ? pause : null;
    }

    /// <summary>The pause after a broken connection; null for no further try.</summary>
    /// <param name="failures">The number of failures so far, this one included.</param>
    /// <param name="wasReached">Whether any connection to the server was made.</param>
    public static TimeSpan? PauseAfter(int failures, bool wasReached) =>
        wasReached && failures <= Pauses.Length ? TimeSpan.FromSeconds(Pauses[failures - 1]) : null;
}
