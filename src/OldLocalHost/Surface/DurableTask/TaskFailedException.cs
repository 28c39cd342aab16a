namespace Microsoft.DurableTask;

/// <summary>
/// What an orchestrator catches when an activity or a sub-orchestration has failed. In LocalHost it has no inner exception:
/// read <see cref="FailureDetails"/>.
/// </summary>
public sealed class TaskFailedException : Exception
{
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException?.Message), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException!);
    }

    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails?.ErrorMessage))
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails!;
    }

    public string TaskName { get; }

    /// <summary>The number of the action in its orchestration, counted from 0.</summary>
    public int TaskId { get; }

    public TaskFailureDetails FailureDetails { get; }

    // This text is persisted as the failure of the orchestration and people match on it: it is the real one, letter by letter.
    private static string Describe(string taskName, int taskId, string? reason)
    {
        var message = $"Task '{taskName}' (#{taskId}) failed with an unhandled exception";
        return reason is null ? message + "." : $"{message}: {reason}";
    }
}
