namespace Darkroom.Jobs;

/// <summary>The status of a job.</summary>
public enum JobStatus
{
    /// <summary>The job waits for a slot.</summary>
    Queued,

    /// <summary>The task is being submitted.</summary>
    Submitting,

    /// <summary>ModelScope works on the task.</summary>
    Generating,

    /// <summary>Upstream is done; a picture is being fetched.</summary>
    Saving,

    /// <summary>The job waits for credits or for the quota of the next day.</summary>
    WaitingForCredits,

    /// <summary>Every task succeeded.</summary>
    Succeeded,

    /// <summary>Some tasks succeeded.</summary>
    PartiallySucceeded,

    /// <summary>No task succeeded.</summary>
    Failed,

    /// <summary>The deadline or the expiry of the job passed.</summary>
    Expired,

    /// <summary>The job was canceled.</summary>
    Canceled,

    /// <summary>It is unknown whether upstream accepted the task. It is not posted again automatically.</summary>
    SubmissionUnknown,
}

/// <summary>Rules about the status of jobs.</summary>
public static class JobStatuses
{
    /// <summary>Whether the job has ended. Only a resubmit continues it.</summary>
    public static bool IsTerminal(this JobStatus status) => status >= JobStatus.Succeeded;

    /// <summary>
    /// The status of a job with several tasks. While any task runs, it is the status of the task that is furthest. After the end it is:
    /// succeeded if all tasks succeeded, partially succeeded if some did, otherwise the first of these that a task has: submission unknown,
    /// canceled, expired, failed.
    /// </summary>
    public static JobStatus Of(IReadOnlyCollection<JobStatus> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var underWay = tasks.Where(task => !task.IsTerminal()).ToArray();
        // A job with an ended task has started, so it is not shown as queued or submitting.
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
