namespace Darkroom.Batches;

/// <summary>The next step of a batch.</summary>
/// <param name="Act">What to do.</param>
/// <param name="Count">The maximum number of items.</param>
public sealed record BatchStep(BatchAct Act, int Count = 0)
{
    /// <summary>Until when to wait, for <see cref="BatchAct.Wait"/>.</summary>
    public DateTime Until { get; init; }
}

/// <summary>The next step of a batch.</summary>
public enum BatchAct
{
    /// <summary>Start the next items.</summary>
    Start,

    /// <summary>Write the result lines of items whose jobs have ended.</summary>
    WriteDown,

    /// <summary>Write items that were never started as canceled.</summary>
    GiveUp,

    /// <summary>Look for items in flight whose jobs ended without a message.</summary>
    Inspect,

    /// <summary>Wait for a message or for a time.</summary>
    Wait,

    /// <summary>End the batch.</summary>
    Finish,
}

/// <summary>Items that were started.</summary>
/// <param name="Keys">The keys of the items.</param>
/// <param name="Next">The position of the next item, in bytes.</param>
/// <param name="Slots">The number of slots of the gate.</param>
public sealed record StartedItems(IReadOnlyList<string> Keys, long Next, int Slots);

/// <summary>Items that were written.</summary>
/// <param name="Asked">The number of items that the step was asked to write.</param>
/// <param name="ResultsAt">The length of the results, in bytes.</param>
/// <param name="ErrorsAt">The length of the errors, in bytes.</param>
public sealed record WrittenItems(int Asked, long ResultsAt, long ErrorsAt)
{
    /// <summary>The number of items that succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>The number of items that failed, including unknown ones.</summary>
    public int Failed { get; init; }

    /// <summary>The number of items for which it is unknown whether upstream accepted them.</summary>
    public int Unknown { get; init; }

    /// <summary>The number of items that were canceled.</summary>
    public int Canceled { get; init; }

    /// <summary>The keys of items whose jobs still run.</summary>
    public IReadOnlyList<string> StillRunning { get; init; } = [];
}

/// <summary>Items that were given up before they were started.</summary>
/// <param name="Written">What was written for them.</param>
/// <param name="Next">The position of the next item, in bytes.</param>
public sealed record GivenUpItems(WrittenItems Written, long Next);
