namespace Darkroom.ModelScope.Tasks;

/// <summary>The meaning of a task's raw status.</summary>
public enum TaskState
{
    /// <summary>The task is waiting or running, or its status is unknown to this client. Look again later.</summary>
    Running,

    /// <summary>The task is done and should have pictures.</summary>
    Succeeded,

    /// <summary>The task ended without a picture.</summary>
    Failed,

    /// <summary>
    /// ModelScope does not know the task. This is normal right after the submit and final later (see
    /// <see cref="TaskSnapshot.IsStillPending"/>).
    /// </summary>
    NotFound,
}
