namespace Darkroom.ModelScope.Tasks;

/// <summary>Maps ModelScope's status values to <see cref="TaskState"/>.</summary>
public static class TaskStates
{
    private static readonly HashSet<string> Done = new(StringComparer.OrdinalIgnoreCase) { "SUCCEED", "SUCCEEDED", "SUCCESS", "DONE" };
    private static readonly HashSet<string> Failed = new(
        StringComparer.OrdinalIgnoreCase) { "FAILED", "ERROR", "CANCEL", "CANCELED", "CANCELLED" };

    /// <summary>Maps a raw status. An empty or unknown status counts as running.</summary>
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
