using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Engine;

/// <summary>Runs the app's functions; the engine says which and when.</summary>
internal interface IFunctionRunner
{
    bool HasOrchestrator(string name);

    bool HasActivity(string name);

    /// <summary>For error messages that say what there is.</summary>
    IReadOnlyCollection<string> Orchestrators { get; }

    /// <summary>For error messages that say what there is.</summary>
    IReadOnlyCollection<string> Activities { get; }

    /// <summary>
    /// Begins an orchestrator on the calling thread and returns at its first wait; it is resumed on that thread too. The result is what it
    /// returned.
    /// </summary>
    Task<object?> RunOrchestrator(string name, TaskOrchestrationContext context);

    /// <summary>Runs an activity to its end. The result is serialised; what it throws is thrown.</summary>
    Task<string?> RunActivityAsync(string name, string instanceId, string? input, CancellationToken stopping);
}
