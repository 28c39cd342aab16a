using Darkroom.Requests;

namespace Darkroom.Jobs;

/// <summary>
/// The input of a job's orchestration. It is kept in the durable history, so it contains nothing secret and nothing large.
/// </summary>
public sealed record JobTicket
{
    public required string JobId { get; init; }

    /// <summary>The request as canonical JSON, with secrets masked. If anything is masked, the full request is in storage.</summary>
    public required string Request { get; init; }

    /// <summary>The hash of the full request.</summary>
    public required string RequestHash { get; init; }

    /// <summary>Whether the full request is in storage.</summary>
    public bool IsStored { get; init; }

    /// <summary>When the job was requested.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When this attempt was requested; null for the first attempt.</summary>
    public DateTime? ResubmittedAt { get; init; }

    /// <summary>When the job expires. The time in the queue counts.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>How long upstream may take for a task.</summary>
    public required int DeadlineSeconds { get; init; }

    /// <summary>The number of this attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The number of tasks of the job.</summary>
    public int Tasks { get; init; } = 1;

    /// <summary>The number of the task that this orchestration runs, from 0.</summary>
    public int Task { get; init; }

    /// <summary>Tasks that succeeded in an earlier attempt, by number. They do not run again.</summary>
    public IReadOnlyDictionary<int, JobState> Kept { get; init; } = new Dictionary<int, JobState>();

    /// <summary>Upstream tasks of earlier attempts, by task number. They are paid for.</summary>
    public IReadOnlyDictionary<int, string> EarlierTasks { get; init; } = new Dictionary<int, string>();

    /// <summary>The lane in which the job waits at the gate.</summary>
    public Lane Lane { get; init; }

    /// <summary>The id of the batch to which the job belongs; null if none.</summary>
    public string? Batch { get; init; }

    /// <summary>The sender's own id of this item of the batch.</summary>
    public string? CustomId { get; init; }

    /// <summary>Whether the end of the job is announced on the results queue.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>Whether the end of the job is sent to a webhook, its own or the service's.</summary>
    public bool HasWebhook { get; init; }

    /// <summary>The caller who requested the job, if callers are known.</summary>
    public string? Caller { get; init; }

    /// <summary>The result of an earlier, identical job. If it is set, nothing is submitted.</summary>
    public JobState? Reused { get; init; }

    /// <summary>Warnings about the request, for the caller.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Labels of the caller, to find the job by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether the job fails, instead of waiting, when the account has no credits.</summary>
    public bool FailsWithoutCredits { get; init; }

    /// <summary>Whether the provider that the model id names bills the job. Such a job needs no credits.</summary>
    public bool IsBilledByProvider { get; init; }

    /// <summary>The timeline of the earlier attempts.</summary>
    public Timeline Before { get; init; } = Timeline.Empty;

    /// <summary>The progress of the previous generation, after the orchestration continued as new; otherwise null.</summary>
    public TaskProgress? Carried { get; init; }

    /// <summary>The timeline up to the request for this attempt.</summary>
    public Timeline FirstTimeline() => Before.With(ResubmittedAt ?? CreatedAt, JobStatus.Queued, JobStages.WaitingForSlot);

    /// <summary>The id of the instance that runs this task.</summary>
    public string InstanceId => JobIds.OfTask(JobId, Task, Tasks);
}
