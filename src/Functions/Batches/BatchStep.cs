namespace Darkroom.Batches;

/// <summary>The next step of a batch.</summary>
public abstract record BatchStep
{
    private BatchStep()
    {
    }

    /// <summary>A step that an activity carries out.</summary>
    public abstract record Work : BatchStep
    {
        private protected Work()
        {
        }
    }

    /// <summary>Start the next items.</summary>
    /// <param name="Count">The maximum number of items.</param>
    public sealed record Start(int Count) : Work;

    /// <summary>Write the result lines of items whose jobs have ended.</summary>
    /// <param name="Count">The maximum number of items.</param>
    public sealed record WriteDown(int Count) : Work;

    /// <summary>Write items that were never started as canceled.</summary>
    /// <param name="Count">The maximum number of items.</param>
    public sealed record GiveUp(int Count) : Work;

    /// <summary>Look for items in flight whose jobs ended without a message.</summary>
    /// <param name="Count">The maximum number of items.</param>
    public sealed record Inspect(int Count) : Work;

    /// <summary>Wait for a message or for a time.</summary>
    /// <param name="Until">The time.</param>
    public sealed record Wait(DateTime Until) : BatchStep;

    /// <summary>End the batch.</summary>
    public sealed record Finish : BatchStep;
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
