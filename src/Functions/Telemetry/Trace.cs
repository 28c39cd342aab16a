using System.Diagnostics;

namespace Darkroom.Telemetry;

/// <summary>
/// The app's own spans. They are children of the span of the function that runs, whose parent the host sends: so the request, the
/// orchestration and its activities are one trace. The engine keeps its context in the history of the orchestration.
/// </summary>
internal static class Trace
{
    /// <summary>The name of the activity source and of the meters.</summary>
    public const string Name = "Darkroom";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Starts the span of the start of a job.</summary>
    /// <remarks>
    /// The job of a batch's item gets a trace of its own, with a link to the batch: the trace of a large batch would be too long to read.
    /// </remarks>
    public static Activity? Accept(string jobId, bool isItem)
    {
        ActivityLink[] links = [];
        // A batch that is not recorded has items that are not recorded either.
        if (isItem && Activity.Current is { Recorded: true } batch)
        {
            links = [new ActivityLink(batch.Context)];
            Activity.Current = null;
        }

        return Source.StartActivity("accept", ActivityKind.Internal, parentContext: default, links: links)?.SetTag("darkroom.job", jobId);
    }

    /// <summary>Starts the span of one step of a task; null if the trace is not recorded.</summary>
    public static Activity? Start(string name, string jobId, int task) =>
        Source.StartActivity(name)?.SetTag("darkroom.job", jobId).SetTag("darkroom.task", task);
}
