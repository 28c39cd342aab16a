using Microsoft.DurableTask.Client;

namespace Darkroom.Gate;

/// <summary>
/// Reads the custom status of a task for the gate. The code of the tasks implements it, because the status belongs to them.
/// </summary>
public interface ISubmitStatus
{
    /// <summary>Whether the submit of the task is over, and ModelScope works on it.</summary>
    bool IsOver(OrchestrationMetadata task);
}
