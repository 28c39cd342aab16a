using System.Collections.Immutable;
using Darkroom.Gate;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using Darkroom.Requests;

namespace Darkroom.Jobs;

/// <summary>An event in the life of a task.</summary>
public abstract record TaskEvent
{
    private TaskEvent()
    {
    }

    /// <summary>The gate answered.</summary>
    public sealed record GateAnswered(GateAnswer Answer) : TaskEvent;

    /// <summary>The submit activity returned.</summary>
    public sealed record Submitted(SubmitOutcome Outcome) : TaskEvent;

    /// <summary>The submit activity failed, after all its retries.</summary>
    public sealed record SubmitFailed : TaskEvent;

    /// <summary>A wait ended.</summary>
    public sealed record Waited : TaskEvent;

    /// <summary>The activity that looks at the upstream task returned.</summary>
    public sealed record Looked(PollResult Result) : TaskEvent;

    /// <summary>The activity that looks at the upstream task failed, after all its retries.</summary>
    public sealed record LookFailed : TaskEvent;

    /// <summary>The job or its batch was canceled.</summary>
    public sealed record Canceled(CancelRequest Request) : TaskEvent;

    /// <summary>An operator moved the job to another lane.</summary>
    public sealed record Moved(Lane Lane) : TaskEvent;
}

/// <summary>The event that cancels a job.</summary>
/// <param name="KeepsLate">Whether pictures of a task that upstream has already accepted are kept.</param>
public sealed record CancelRequest(bool KeepsLate)
{
    public const string EventName = "cancel";
}

/// <summary>The event that moves a job to another lane.</summary>
/// <param name="Lane">The lane.</param>
public sealed record MoveRequest(Lane Lane)
{
    public const string EventName = "move";
}

/// <summary>What the orchestration of a task does next.</summary>
public abstract record TaskStep
{
    private TaskStep()
    {
    }

    /// <summary>Waits for the gate's answer.</summary>
    public sealed record WaitForGate : TaskStep;

    /// <summary>Waits until a time.</summary>
    public sealed record WaitUntil(DateTime At) : TaskStep;

    /// <summary>Runs the submit activity.</summary>
    public sealed record Submit(SubmitOrder Order) : TaskStep;

    /// <summary>Runs the activity that looks at the upstream task.</summary>
    public sealed record Look(PollOrder Order) : TaskStep;

    /// <summary>Ends the orchestration.</summary>
    public sealed record End : TaskStep;
}

/// <summary>The progress after an event, and the messages to send to the gate because of it.</summary>
public sealed record TaskChange(TaskProgress Progress, ImmutableArray<GateMessage> Messages);
