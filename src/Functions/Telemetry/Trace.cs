using System.Diagnostics;

namespace Darkroom.Telemetry;

/// <summary>
/// One trace from the HTTP request to the blob. The engine carries nothing along that survives a restart, so a job's ticket carries where
/// its trace began.
/// </summary>
internal static class Trace
{
    /// <summary>The source's name, and the meter's.</summary>
    public const string Name = "Darkroom";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Where a new job's trace begins; null when nobody listens.</summary>
    public static string? Begin(string jobId)
    {
        // The web server makes an activity for each request, for its logs; one that nobody records would keep ours from being recorded.
        var request = Activity.Current;
        if (request is { Recorded: false, HasRemoteParent: false })
            Activity.Current = null;
        try
        {
            using var accepted = Source.StartActivity("accept", ActivityKind.Server);
            accepted?.SetTag("darkroom.job", jobId);
            return accepted?.Id;
        }
        finally
        {
            Activity.Current = request;
        }
    }

    /// <summary>A stretch of a job's work.</summary>
    public static Activity? Start(string name, string? trace, string jobId, int task)
    {
        if (!ActivityContext.TryParse(trace, traceState: null, out var parent))
            return null;
        var stretch = Source.StartActivity(name, ActivityKind.Client, parent);
        stretch?.SetTag("darkroom.job", jobId).SetTag("darkroom.task", task);
        return stretch;
    }
}
