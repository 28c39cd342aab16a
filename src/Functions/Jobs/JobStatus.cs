namespace Darkroom.Jobs;

/// <summary>The states of a job, as they are told.</summary>
public enum JobStatus
{
    /// <summary>Waits for a slot.</summary>
    Queued,

    /// <summary>Is being submitted.</summary>
    Submitting,

    /// <summary>Upstream works on it.</summary>
    Generating,

    /// <summary>Upstream is done; the picture is being fetched.</summary>
    Saving,

    /// <summary>Waits for credits or for a new day's quota.</summary>
    WaitingForCredits,

    /// <summary>Every task brought its pictures.</summary>
    Succeeded,

    /// <summary>Some tasks did.</summary>
    PartiallySucceeded,

    /// <summary>No task did.</summary>
    Failed,

    /// <summary>Its deadline or its expiry passed.</summary>
    Expired,

    /// <summary>Somebody gave it up.</summary>
    Canceled,

    /// <summary>Nobody knows whether upstream accepted it; it is not posted again by itself.</summary>
    SubmissionUnknown,
}

/// <summary>What the states have in common.</summary>
public static class JobStatuses
{
    /// <summary>Whether nothing happens any more by itself.</summary>
    public static bool IsTerminal(this JobStatus status) => status >= JobStatus.Succeeded;

    /// <summary>
    /// The state of a job of several tasks. While any is under way, the job is as far as the one that is furthest; in the end it is what
    /// all came to: a success if all are, a part if some are, and else the first of: unknown, canceled, expired, failed.
    /// </summary>
    public static JobStatus Of(IReadOnlyCollection<JobStatus> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var underWay = tasks.Where(task => !task.IsTerminal()).ToArray();
        // What has ended was under way once: a job of which one task is done does not wait for its first.
        if (underWay.Length > 0)
            return underWay.Length < tasks.Count && underWay.All(task => Progress(task) < (int)JobStatus.Generating)
                && !underWay.Contains(JobStatus.WaitingForCredits)
                ? JobStatus.Generating
                : underWay.MaxBy(Progress);
        if (tasks.All(task => task == JobStatus.Succeeded))
            return JobStatus.Succeeded;
        if (tasks.Any(task => task is JobStatus.Succeeded or JobStatus.PartiallySucceeded))
            return JobStatus.PartiallySucceeded;
        return new[] { JobStatus.SubmissionUnknown, JobStatus.Canceled, JobStatus.Expired }.FirstOrDefault(
            tasks.Contains, JobStatus.Failed);
    }

    private static int Progress(JobStatus status) => status == JobStatus.WaitingForCredits ? -1 : (int)status;
}
