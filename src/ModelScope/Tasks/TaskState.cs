namespace Darkroom.ModelScope.Tasks;

/// <summary>What a task's raw status means.</summary>
public enum TaskState
{
    /// <summary>Waiting or working, or a word nobody has seen yet: look again.</summary>
    Running,

    /// <summary>Done: there should be pictures.</summary>
    Succeeded,

    /// <summary>Ended without a picture.</summary>
    Failed,

    /// <summary>
    /// Upstream does not know the task: normal right after the submit, final later (see <see cref="TaskSnapshot.IsStillPending"/>).
    /// </summary>
    NotFound,
}
