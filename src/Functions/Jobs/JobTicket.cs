using Darkroom.Requests;

namespace Darkroom.Jobs;

/// <summary>What an orchestration of a job begins with. It is kept in the durable history: nothing in it is secret or large.</summary>
public sealed record JobTicket
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The request in its written form, without what must not be shown; then the whole is in storage.</summary>
    public required string Request { get; init; }

    /// <summary>The hash of the whole request.</summary>
    public required string RequestHash { get; init; }

    /// <summary>Whether the whole request lies in storage.</summary>
    public bool IsStored { get; init; }

    /// <summary>When the job was asked for.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When this attempt was asked for; null for the first.</summary>
    public DateTime? ResubmittedAt { get; init; }

    /// <summary>When it gives up, waiting included.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>How long upstream may take.</summary>
    public required int DeadlineSeconds { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>How many tasks it has.</summary>
    public int Tasks { get; init; } = 1;

    /// <summary>Which task this orchestration runs.</summary>
    public int Task { get; init; }

    /// <summary>Tasks that succeeded in an earlier attempt: they are not run again.</summary>
    public IReadOnlyDictionary<int, JobState> Kept { get; init; } = new Dictionary<int, JobState>();

    /// <summary>Tasks of earlier attempts that are known, by number: they were paid for.</summary>
    public IReadOnlyDictionary<int, string> EarlierTasks { get; init; } = new Dictionary<int, string>();

    /// <summary>Where it waits.</summary>
    public Lane Lane { get; init; }

    /// <summary>The batch it belongs to.</summary>
    public string? Batch { get; init; }

    /// <summary>What the sender of the batch calls this item.</summary>
    public string? CustomId { get; init; }

    /// <summary>Whether its end is announced on the results queue.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>Who asked for it, where callers are known.</summary>
    public string? Caller { get; init; }

    /// <summary>An earlier job's success that stands in for a task: nothing is submitted.</summary>
    public JobState? Reused { get; init; }

    /// <summary>What the caller should know of the request.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Labels to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether it fails, instead of waiting, when there are no credits.</summary>
    public bool FailsWithoutCredits { get; init; }

    /// <summary>Where its trace began.</summary>
    public string? Trace { get; init; }

    /// <summary>What happened in earlier attempts.</summary>
    public Timeline Before { get; init; } = Timeline.Empty;

    /// <summary>What it knows already, when its orchestration has begun anew.</summary>
    public TaskProgress? Carried { get; init; }

    /// <summary>What became of it up to the moment at which this attempt was asked for.</summary>
    public Timeline FirstTimeline() => Before.With(ResubmittedAt ?? CreatedAt, JobStatus.Queued, JobStages.WaitingForSlot);

    /// <summary>The instance that runs this task.</summary>
    public string InstanceId => JobIds.OfTask(JobId, Task, Tasks);
}
