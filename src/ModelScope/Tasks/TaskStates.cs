namespace Darkroom.ModelScope.Tasks;

/// <summary>ModelScope's words for a task's state, and what each means.</summary>
public static class TaskStates
{
    private static readonly HashSet<string> Done = new(StringComparer.OrdinalIgnoreCase) { "SUCCEED", "SUCCEEDED", "SUCCESS", "DONE" };
    private static readonly HashSet<string> Failed = new(
        StringComparer.OrdinalIgnoreCase) { "FAILED", "ERROR", "CANCEL", "CANCELED", "CANCELLED" };

    /// <summary>Reads a raw status; what is empty or unknown is still running.</summary>
    public static TaskState Read(string? rawStatus)
    {
        var word = rawStatus?.Trim();
        if (string.IsNullOrEmpty(word))
            return TaskState.Running;
        if (Done.Contains(word))
            return TaskState.Succeeded;
        return Failed.Contains(word) ? TaskState.Failed : TaskState.Running;
    }
}
