using System.Text.Json.Serialization;
using Darkroom.Jobs.Submit;

namespace Darkroom.Jobs;

/// <summary>
/// How far one task of a job is: what callers see of it, and what its orchestration does next. It is a value; <see cref="TaskRules"/>
/// decides how it changes. When the orchestration continues as new, it is the input of the next generation.
/// </summary>
/// <param name="State">What callers see.</param>
/// <param name="Turn">The turn at the gate. It grows with each request for a slot, also from attempt to attempt.</param>
/// <param name="Phase">What the task is doing.</param>
public sealed record TaskProgress(JobState State, int Turn, TaskPhase Phase)
{
    /// <summary>Whether the slot was already given back to the gate.</summary>
    public bool HasLeftGate { get; init; }

    /// <summary>Whether a task was submitted in this attempt. The task of an earlier attempt does not count.</summary>
    public bool HasSpent { get; init; }

    /// <summary>The upstream task of an earlier attempt that ended without a picture; null while there is none.</summary>
    public string? GivenUpTask { get; init; }

    /// <summary>Whether a cancel was handled.</summary>
    [JsonIgnore]
    public bool IsCanceled => State.CancelRequested || State.IsLate;

    /// <summary>Whether anything was submitted for the job; the task of an earlier attempt counts.</summary>
    [JsonIgnore]
    public SubmitCertainty Submitted => State.TaskId is null ? SubmitCertainty.No : SubmitCertainty.Yes;
}

/// <summary>What a task is doing.</summary>
[JsonDerivedType(typeof(Queued), "queued")]
[JsonDerivedType(typeof(Posting), "posting")]
[JsonDerivedType(typeof(BetweenPosts), "betweenPosts")]
[JsonDerivedType(typeof(BetweenLooks), "betweenLooks")]
[JsonDerivedType(typeof(Looking), "looking")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record TaskPhase
{
    private TaskPhase()
    {
    }

    /// <summary>It waits for a slot at the gate.</summary>
    public sealed record Queued : TaskPhase;

    /// <summary>The submit activity runs.</summary>
    /// <param name="Tries">How many times it was run, this one included.</param>
    /// <param name="IsInDoubt">Whether an earlier run may have posted the task.</param>
    public sealed record Posting(int Tries, bool IsInDoubt) : TaskPhase;

    /// <summary>It waits before the submit activity is run again.</summary>
    /// <param name="Tries">How many times it will have been run then.</param>
    /// <param name="IsInDoubt">Whether an earlier run may have posted the task.</param>
    /// <param name="Until">When the wait ends.</param>
    public sealed record BetweenPosts(int Tries, bool IsInDoubt, DateTime Until) : TaskPhase;

    /// <summary>It waits for the next look at its upstream task.</summary>
    /// <param name="Task">The upstream task.</param>
    /// <param name="Until">When the look is due.</param>
    public sealed record BetweenLooks(WatchedTask Task, DateTime Until) : TaskPhase;

    /// <summary>The activity that looks at the upstream task runs.</summary>
    /// <param name="Task">The upstream task.</param>
    public sealed record Looking(WatchedTask Task) : TaskPhase;

    /// <summary>The task has ended.</summary>
    public sealed record Ended : TaskPhase;
}

/// <summary>An upstream task that is being watched.</summary>
/// <param name="Task">The task, as the submit activity returned it.</param>
/// <param name="Deadline">When the looks end.</param>
public sealed record WatchedTask(SubmitOutcome.Accepted Task, DateTime Deadline)
{
    /// <summary>How often it was looked at only because it failed without a reason.</summary>
    public int ReasonLooks { get; init; }

    /// <summary>How often one of its pictures could not be fetched.</summary>
    public int Fetches { get; init; }
}
