using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Instances;

/// <summary>Something an instance is told between two of its steps.</summary>
internal abstract record Message;

/// <summary>Messages that are in the journal until a step has consumed them.</summary>
internal abstract record DurableMessage : Message;

/// <summary>An event was raised.</summary>
internal sealed record EventMessage(string Name, string? Input) : DurableMessage;

/// <summary>A called orchestration is over; neither result nor failure means it was terminated.</summary>
internal sealed record ChildMessage(string ExecutionId, int TaskId, bool Succeeded, string? Result, TaskFailureDetails? Failure) : DurableMessage;

/// <summary>Somebody ends the instance.</summary>
internal sealed record TerminateMessage(string? Output, bool Recursive) : DurableMessage;

/// <summary>Somebody holds the instance.</summary>
internal sealed record SuspendMessage(string? Reason) : DurableMessage;

/// <summary>Somebody lets the instance go on.</summary>
internal sealed record ResumeMessage(string? Reason) : DurableMessage;

/// <summary>
/// An activity is over. Not in the journal by itself: the step that consumes it writes the result down, and after a crash before that the
/// activity runs again, which is what "at least once" means.
/// </summary>
internal sealed record ActivityMessage(string ExecutionId, int TaskId, string? Result, TaskFailureDetails? Failure) : Message;

/// <summary>A timer came due. Not in the journal either: after a crash it comes due again.</summary>
internal sealed record TimerMessage(string ExecutionId, int TimerId) : Message;

/// <summary>The orchestrator's code was resumed by something that is not durable, which no replay could repeat.</summary>
internal sealed record ForeignAwaitMessage(string ExecutionId) : Message;
