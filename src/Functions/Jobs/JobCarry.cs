using Darkroom.Jobs.Submit;

namespace Darkroom.Jobs;

/// <summary>
/// What a job takes along when its orchestration begins anew. It does so after some fifty looks or turns, because a history is read again at every
/// step, and a job may be watched for a day or wait for a week.
/// </summary>
/// <param name="State">Where it stands.</param>
/// <param name="Turn">Its turn at the gate.</param>
public sealed record JobCarry(JobState State, int Turn)
{
    /// <summary>Whether its slot is given back.</summary>
    public bool HasLeftGate { get; init; }

    /// <summary>A task of an earlier attempt that came to nothing.</summary>
    public string? GivenUpTask { get; init; }

    /// <summary>The task it watches.</summary>
    public WatchedTask? Watched { get; init; }

    /// <summary>Set while it has a slot, and its task is to be submitted.</summary>
    public SubmitProgress? Submitting { get; init; }
}

/// <summary>A task that is watched.</summary>
/// <param name="Task">What is known of it.</param>
/// <param name="Deadline">When it is given up.</param>
public sealed record WatchedTask(SubmitResult Task, DateTime Deadline)
{
    /// <summary>How often it was looked at because it failed without a reason.</summary>
    public int ReasonLooks { get; init; }

    /// <summary>How often a picture of it could not be fetched.</summary>
    public int Fetches { get; init; }
}

/// <summary>How far a submit has got.</summary>
/// <param name="Tries">How often it was tried.</param>
/// <param name="IsInDoubt">Whether it may have been posted.</param>
public sealed record SubmitProgress(int Tries, bool IsInDoubt);
