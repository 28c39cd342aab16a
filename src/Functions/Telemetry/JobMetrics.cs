using System.Diagnostics.Metrics;

namespace Darkroom.Telemetry;

/// <summary>The metrics of jobs. Orchestrations record only outside of replays, so that nothing counts twice.</summary>
internal static class JobMetrics
{
    private static readonly Meter Meter = new(Trace.Name);
    private static readonly Counter<long> Finished = Meter.CreateCounter<long>(
        "darkroom.jobs.finished", "{job}", "Ended tasks, by status and error.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "darkroom.failures", "{failure}", "Failures by kind, including those that a retry overcame.");
    private static readonly Counter<long> Pictures = Meter.CreateCounter<long>(
        "darkroom.pictures.saved", "{picture}", "Pictures saved to storage.");
    private static readonly Counter<long> Polls = Meter.CreateCounter<long>("darkroom.polls", "{look}", "Looks at tasks upstream.");
    private static readonly Histogram<double> QueueTime = Meter.CreateHistogram<double>(
        "darkroom.queue.time", "s", "From the request to the accepted submit.");
    private static readonly Histogram<double> UpstreamTime = Meter.CreateHistogram<double>(
        "darkroom.upstream.time", "s", "From the accepted submit to the end of the task.");
    private static readonly Histogram<double> Lag = Meter.CreateHistogram<double>(
        "darkroom.lag", "s", "From the end of a task to the look that saw it.");

    public static void Accepted(DateTime createdAt, DateTime acceptedAt) =>
        QueueTime.Record(Math.Max(0, (acceptedAt - createdAt).TotalSeconds));

    public static void Looked() => Polls.Add(1);

    /// <summary>Records that a look found a task done. <paramref name="took"/> is the duration that ModelScope reports, if any.</summary>
    public static void Done(DateTime acceptedAt, DateTime seenAt, TimeSpan? took)
    {
        var passed = (seenAt - acceptedAt).TotalSeconds;
        UpstreamTime.Record(took?.TotalSeconds ?? passed);
        if (took is { } known)
            Lag.Record(Math.Max(0, passed - known.TotalSeconds));
    }

    public static void Saved() => Pictures.Add(1);

    public static void Failed(string kind) => Failures.Add(1, new KeyValuePair<string, object?>("type", kind));

    public static void Ended(string status, string? error) =>
        Finished.Add(1, new("status", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status)), new("error", error ?? "none"));
}
