using Microsoft.DurableTask;

namespace Darkroom.LocalHost.History;

/// <summary>
/// One thing that happened in an execution. The events between two <see cref="OrchestratorStarted"/> are one step: they were committed
/// together and share its time.
/// </summary>
internal abstract record HistoryEvent;

/// <summary>A step begins; its time is what the orchestrator sees as now.</summary>
internal sealed record OrchestratorStarted(DateTime At) : HistoryEvent;

/// <summary>The execution begins.</summary>
internal sealed record ExecutionStarted(string Name, string? Input, string Version, IReadOnlyDictionary<string, string>? Tags, ParentLink? Parent) : HistoryEvent;

/// <summary>An activity was called.</summary>
internal sealed record TaskScheduled(int Id, string Name, string? Input) : HistoryEvent, IDecision;

/// <summary>An activity returned.</summary>
internal sealed record TaskCompleted(int Id, string? Result) : HistoryEvent;

/// <summary>An activity threw.</summary>
internal sealed record TaskFailed(int Id, TaskFailureDetails Failure) : HistoryEvent;

/// <summary>A timer was set.</summary>
internal sealed record TimerCreated(int Id, DateTime FireAt) : HistoryEvent, IDecision;

/// <summary>A timer came due.</summary>
internal sealed record TimerFired(int Id, DateTime FireAt) : HistoryEvent;

/// <summary>Another orchestration was called.</summary>
internal sealed record SubOrchestrationCreated(
    int Id, string Name, string InstanceId, string? Input, string Version, IReadOnlyDictionary<string, string>? Tags) : HistoryEvent, IDecision;

/// <summary>A called orchestration returned.</summary>
internal sealed record SubOrchestrationCompleted(int Id, string? Result) : HistoryEvent;

/// <summary>A called orchestration failed; without details it was terminated.</summary>
internal sealed record SubOrchestrationFailed(int Id, TaskFailureDetails? Failure) : HistoryEvent;

/// <summary>An event arrived.</summary>
internal sealed record EventRaised(string Name, string? Input) : HistoryEvent;

/// <summary>An event was sent to another instance.</summary>
internal sealed record EventSent(int Id, string InstanceId, string Name, string? Input) : HistoryEvent, IDecision;

/// <summary>What happens is held back from here on.</summary>
internal sealed record ExecutionSuspended(string? Reason) : HistoryEvent;

/// <summary>What was held back is delivered.</summary>
internal sealed record ExecutionResumed(string? Reason) : HistoryEvent;

/// <summary>Somebody ended the execution.</summary>
internal sealed record ExecutionTerminated(string? Output, bool Recursive) : HistoryEvent;

/// <summary>The execution is over.</summary>
internal sealed record ExecutionCompleted(Ending Ending, string? Result, TaskFailureDetails? Failure) : HistoryEvent;

/// <summary>The execution begins anew with another input, taking along the events nobody had waited for.</summary>
internal sealed record ContinuedAsNew(string? Input, string Version, IReadOnlyList<EventRaised> Carried) : HistoryEvent;

/// <summary>Something the orchestrator's code decided; numbered, because a replay must decide the same.</summary>
internal interface IDecision
{
    int Id { get; }
}

/// <summary>Who waits for this orchestration.</summary>
internal sealed record ParentLink(string InstanceId, string ExecutionId, string Name, int TaskId);

/// <summary>How an execution ended.</summary>
internal enum Ending
{
    Completed,
    Failed,
    Terminated,
}
