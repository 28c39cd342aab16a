using System.Text.Json.Nodes;
using Darkroom.Gate;
using Darkroom.Jobs;

namespace Darkroom.Api.Images;

/// <summary>A job as it is told over HTTP.</summary>
public sealed record JobView
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The state.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>What exactly is being done.</summary>
    public required string Stage { get; init; }

    /// <summary>Somebody wants it given up.</summary>
    public required bool CancelRequested { get; init; }

    /// <summary>Which attempt this is.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When anything last changed.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>What was asked.</summary>
    public required JsonObject Request { get; init; }

    /// <summary>How far it is.</summary>
    public required JobProgress Progress { get; init; }

    /// <summary>Why it waits.</summary>
    public JobWaiting? Waiting { get; init; }

    /// <summary>Its tasks upstream.</summary>
    public required IReadOnlyList<JobUpstream> Upstream { get; init; }

    /// <summary>Its pictures.</summary>
    public required IReadOnlyList<JobImage> Images { get; init; }

    /// <summary>Why it did not succeed.</summary>
    public JobFailure? Error { get; init; }

    /// <summary>What became of it.</summary>
    public required IReadOnlyList<JobEvent> Timeline { get; init; }

    /// <summary>What the caller should know of the request, although it was valid.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Where the time went.</summary>
    public required JobTimings Timings { get; init; }

    /// <summary>The batch it belongs to.</summary>
    public string? Batch { get; init; }

    /// <summary>The job whose pictures these are.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>Where to go from here.</summary>
    public required JobLinks Links { get; init; }

    /// <summary>The durable management links, without their key.</summary>
    public required DurableLinks Durable { get; init; }

    /// <summary>The view of <paramref name="job"/>.</summary>
    /// <param name="job">The job.</param>
    /// <param name="gate">What the gate shows; it knows who is next.</param>
    /// <param name="host">Scheme and host of the request, for the durable links.</param>
    /// <param name="now">The time.</param>
    public static JobView Of(JobRecord job, GateSnapshot? gate, string host, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (ticket, state) = (job.Ticket, WithGate(job.State, gate));
        var self = $"/api/images/{ticket.JobId}";
        return new JobView
        {
            Id = ticket.JobId,
            Status = state.Status,
            Stage = state.Stage,
            CancelRequested = state.CancelRequested,
            Attempt = state.Attempt,
            CreatedAt = job.CreatedAt,
            UpdatedAt = job.UpdatedAt,
            Request = JsonNode.Parse(ticket.Request)!.AsObject(),
            Progress = JobProgress.Of(job, state, gate, now),
            Waiting = state.WaitingReason is { } reason ? new JobWaiting(reason, state.ResumeAt) : null,
            Upstream = [
                .. (state.Tasks.Count > 0 ? state.Tasks : [state])
                    .Where(task => task.TaskId is not null)
                    .Select(task => new JobUpstream(task.TaskId!, task.RequestId, task.RawStatus, (long?)task.TimeTakenMs, task.Seed))],
            Images = [.. state.Pictures.Select(picture => new JobImage(picture, self))],
            Error = state.Error is { } error ? new JobFailure(error) : null,
            Timeline = [.. state.Timeline.Read().Select(entry => new JobEvent(entry.N, entry.At, entry.Status, entry.Stage))],
            Warnings = ticket.Warnings,
            Timings = JobTimings.Of(job, now),
            Batch = ticket.Batch,
            ReusedFrom = state.ReusedFrom,
            Links = new JobLinks(self, $"{self}/events", self, $"{self}/sidecar"),
            Durable = DurableLinks.Of(host, ticket.JobId),
        };
    }

    // A job that waits while there are no credits waits for credits, whoever was refused first.
    private static JobState WithGate(JobState state, GateSnapshot? gate)
    {
        if (state.Status is not (JobStatus.Queued or JobStatus.WaitingForCredits) || gate?.CoolDown is not { } pause)
            return state;
        var reason = pause.Reason switch
        {
            CoolDownReason.Credits => "The account has no credits left; they are looked up now and then.",
            CoolDownReason.Quota => "The day's quota is used up.",
            _ => "ModelScope asked to slow down.",
        };
        return state with
        {
            Status = pause.Reason == CoolDownReason.Throttled ? JobStatus.Queued : JobStatus.WaitingForCredits,
            WaitingReason = state.WaitingReason ?? reason,
            ResumeAt = pause.Until,
        };
    }
}

/// <summary>How far a job is.</summary>
public sealed record JobProgress(int? QueuePosition, int Polls, DateTime? NextPollAt, int? EtaSeconds, int Percent)
{
    internal static JobProgress Of(JobRecord job, JobState state, GateSnapshot? gate, DateTimeOffset now)
    {
        var position = state.Status.IsTerminal() || state.SubmittedAt is not null ? null : PositionOf(job.Ticket, gate);
        int? eta = state.ExpectedAt is { } expected
            && !state.Status.IsTerminal() ? Math.Max(0, (int)Math.Ceiling((expected - now.UtcDateTime).TotalSeconds)) : null;
        return new JobProgress(position, state.Polls, state.NextPollAt, eta, Percent: PercentOf(job.Ticket, state, now));
    }

    private static int? PositionOf(JobTicket ticket, GateSnapshot? gate)
    {
        if (gate is null)
            return null;
        for (var at = 0; at < gate.Next.Count; at++)
        {
            if (gate.Next[at] == ticket.JobId || gate.Next[at].StartsWith(ticket.JobId + ".", StringComparison.Ordinal))
                return at + 1;
        }

        return null;
    }

    private static int PercentOf(JobTicket ticket, JobState state, DateTimeOffset now)
    {
        if (state.Status.IsTerminal())
            return 100;
        if (ticket.Tasks > 1)
            return 100 * state.Tasks.Count(task => task.Status.IsTerminal()) / ticket.Tasks;
        if (state.SubmittedAt is not { } submitted || state.ExpectedAt is not { } expected || expected <= submitted)
            return 0;
        return (int)Math.Clamp(100 * (now.UtcDateTime - submitted).TotalSeconds / (expected - submitted).TotalSeconds, 1, 99);
    }
}

/// <summary>Why a job waits.</summary>
public sealed record JobWaiting(string Reason, DateTime? ResumeAt);

/// <summary>A task upstream.</summary>
public sealed record JobUpstream(string TaskId, string? RequestId, string? RawStatus, long? TimeTakenMs, long? Seed);

/// <summary>One thing that became of a job.</summary>
public sealed record JobEvent(int N, DateTime At, JobStatus Status, string Stage);

/// <summary>Where the time went.</summary>
public sealed record JobTimings(long QueuedMs, long? UpstreamMs, long? OverheadMs, long TotalMs)
{
    internal static JobTimings Of(JobRecord job, DateTimeOffset now)
    {
        var state = job.State;
        var created = job.CreatedAt;
        var ended = state.EndedAt ?? now.UtcDateTime;
        var total = Milliseconds(ended - created);
        var queued = Milliseconds((state.SubmittedAt ?? ended) - created);
        long? upstream = state.SubmittedAt is { } submitted
            ? (long?)state.TimeTakenMs ?? Milliseconds((state.DoneAt ?? ended) - submitted)
            : null;
        return new JobTimings(queued, upstream, upstream is { } took ? Math.Max(0, total - queued - took) : null, total);
    }

    private static long Milliseconds(TimeSpan time) => Math.Max(0, (long)time.TotalMilliseconds);
}

/// <summary>Where to go from a job.</summary>
public sealed record JobLinks(string Self, string Events, string Cancel, string Sidecar);

/// <summary>The links of the durable management API, without their key.</summary>
public sealed record DurableLinks(
    string StatusQueryGetUri,
    string SendEventPostUri,
    string TerminatePostUri,
    string PurgeHistoryDeleteUri,
    string RestartPostUri,
    string SuspendPostUri,
    string ResumePostUri)
{
    internal static DurableLinks Of(string host, string id)
    {
        var instance = $"{host}/runtime/webhooks/durabletask/instances/{id}";
        return new(
            instance,
            $"{instance}/raiseEvent/{{eventName}}",
            $"{instance}/terminate?reason={{text}}",
            instance,
            $"{instance}/restart",
            $"{instance}/suspend?reason={{text}}",
            $"{instance}/resume?reason={{text}}");
    }
}
