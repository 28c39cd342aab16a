namespace Darkroom.Cli.Server;

/// <summary>
/// How long a call is tried. Whatever this client sends can be sent twice: looks, deletions, and posts that carry a key. So a broken
/// connection is mended by asking again; only a server that never was there is given up at once.
/// </summary>
internal static class Persistence
{
    private static readonly double[] Pauses = [0.25, 0.5, 1, 2, 4, 4, 4, 4];

    private const int MostRefusals = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before sending again what the server says can succeed another time; null to give up.</summary>
    /// <param name="refusals">How often it was refused so far, this time included.</param>
    /// <param name="retryAfterSeconds">How long the server wants it to be.</param>
    public static TimeSpan? PauseAfterRefusal(int refusals, int? retryAfterSeconds)
    {
        var pause = TimeSpan.FromSeconds(Math.Max(retryAfterSeconds ?? 0, 1 << refusals));
        return refusals <= MostRefusals && pause <= LongestPause ? pause : null;
    }

    /// <summary>How long to wait before trying again; null to give up.</summary>
    /// <param name="failures">How often it has failed so far, this time included.</param>
    /// <param name="wasReached">Whether the server ever took a connection.</param>
    public static TimeSpan? PauseAfter(int failures, bool wasReached) =>
        wasReached && failures <= Pauses.Length ? TimeSpan.FromSeconds(Pauses[failures - 1]) : null;
}
