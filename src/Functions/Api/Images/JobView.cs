using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Usage;

namespace Darkroom.Api.Images;

/// <summary>A job as the HTTP API returns it.</summary>
public sealed record JobView
{
    public required string Id { get; init; }

    public required JobStatus Status { get; init; }

    /// <summary>The current step within the state.</summary>
    public required string Stage { get; init; }

    public required bool CancelRequested { get; init; }

    /// <summary>The number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The time of the last change of any kind.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>The request in its canonical form, with secrets masked.</summary>
    public required JsonObject Request { get; init; }

    public required JobProgress Progress { get; init; }

    /// <summary>Why the job waits; null when it does not wait.</summary>
    public JobWaiting? Waiting { get; init; }

    /// <summary>The tasks that ModelScope accepted.</summary>
    public required IReadOnlyList<JobUpstream> Upstream { get; init; }

    public required IReadOnlyList<JobImage> Images { get; init; }

    /// <summary>Why the job did not succeed; null otherwise.</summary>
    public JobFailure? Error { get; init; }

    /// <summary>The transitions of the job, in order.</summary>
    public required IReadOnlyList<JobEvent> Timeline { get; init; }

    /// <summary>Hints about a valid request.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What the tasks of the job cost.</summary>
    public required CreditRange Credits { get; init; }

    public required JobTimings Timings { get; init; }

    /// <summary>The batch that the job belongs to.</summary>
    public string? Batch { get; init; }

    /// <summary>The earlier job whose pictures this job reuses.</summary>
    public string? ReusedFrom { get; init; }

    public required JobLinks Links { get; init; }

    /// <summary>The links of the durable management API, without their key.</summary>
    public required DurableLinks Durable { get; init; }

    /// <summary>Builds the view of <paramref name="job"/>.</summary>
    /// <param name="job">The job.</param>
    /// <param name="gate">The state of the gate: the order of the waiting tasks, and the cool-down.</param>
    /// <param name="host">Scheme and host of the request, for the durable links.</param>
    /// <param name="now">The current time.</param>
    public static JobView Of(JobRecord job, GateSnapshot? gate, string host, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (ticket, state) = (job.Ticket, WithGate(job, gate, now.UtcDateTime));
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
            Request = RequestOf(ticket, state),
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
            Credits = CreditsOf(job),
            Timings = JobTimings.Of(job, now),
            Batch = ticket.Batch,
            ReusedFrom = state.ReusedFrom,
            Links = new JobLinks(self, $"{self}/events", self, $"{self}/sidecar"),
            Durable = DurableLinks.Of(host, ticket.JobId),
        };
    }

    // The request as it was sent, except for the lane if an operator moved the job.
    private static JsonObject RequestOf(JobTicket ticket, JobState state)
    {
        var request = JsonNode.Parse(ticket.Request)!.AsObject();
        if (state.Lane is { } lane)
            request["priority"] = JsonNamingPolicy.CamelCase.ConvertName($"{lane}");
        return request;
    }

    // A task that failed upstream may be charged or not. A task that was not submitted costs nothing.
    private static CreditRange CreditsOf(JobRecord job)
    {
        var state = job.State;
        if (state.ReusedFrom is not null)
            return CreditRange.Of(0, 0);
        if (!state.Status.IsTerminal())
            return CreditRange.Of(job.Ticket.Tasks, job.Ticket.Tasks);
        var tasks = state.Tasks.Count > 0 ? state.Tasks : [state];
        return CreditRange.Of(
            tasks.Count(task => task.Status == JobStatus.Succeeded),
            tasks.Count(task => task.TaskId is not null || task.Status == JobStatus.SubmissionUnknown));
    }

    // While the gate holds the job back, it shows why.
    private static JobState WithGate(JobRecord job, GateSnapshot? gate, DateTime now) =>
        job.State.Status is JobStatus.Queued or JobStatus.WaitingForCredits && gate is not null
            ? GateClosing.Of(gate, job.Ticket, now)?.AppliedTo(job.State) ?? job.State
            : job.State;
}

public sealed record JobProgress(int? QueuePosition, int Polls, DateTime? NextPollAt, int? EtaSeconds, int Percent)
{
    internal static JobProgress Of(JobRecord job, JobState state, GateSnapshot? gate, DateTimeOffset now)
    {
        var position = state.Status.IsTerminal() || state.SubmittedAt is not null ? null : PositionOf(job.Ticket, gate);
        int? eta = state.ExpectedAt is { } expected && !state.Status.IsTerminal()
            ? Math.Max(0, (int)Math.Ceiling((expected - now.UtcDateTime).TotalSeconds))
            : null;
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

public sealed record JobWaiting(string Reason, DateTime? ResumeAt);

/// <summary>A task that ModelScope accepted.</summary>
public sealed record JobUpstream(string TaskId, string? RequestId, string? RawStatus, long? TimeTakenMs, long? Seed);

/// <summary>One transition of a job.</summary>
public sealed record JobEvent(int N, DateTime At, JobStatus Status, string Stage);

/// <summary>How long a job waited, how long ModelScope took, and the rest.</summary>
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
