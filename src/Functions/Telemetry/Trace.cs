using System.Diagnostics;

namespace Darkroom.Telemetry;

/// <summary>
/// One trace from the HTTP request to the blob. The engine does not keep the trace context across restarts, so the ticket of a job contains
/// the id of the activity with which its trace begins.
/// </summary>
internal static class Trace
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Darkroom";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins the trace of a job and returns the id of its first activity; null without a listener.</summary>
    public static string? Begin(string jobId)
    {
        // ASP.NET Core makes an activity for each request, for its logs. As a parent that is not recorded, it would keep this one from
        // being recorded.
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

    /// <summary>Starts an activity for one step of a job; null when the job has no trace.</summary>
    public static Activity? Start(string name, string? trace, string jobId, int task)
    {
        if (!ActivityContext.TryParse(trace, traceState: null, out var parent))
            return null;
        var stretch = Source.StartActivity(name, ActivityKind.Client, parent);
        stretch?.SetTag("darkroom.job", jobId).SetTag("darkroom.task", task);
        return stretch;
    }
}
