namespace Darkroom.Batches;

/// <summary>What is to be done with a batch.</summary>
/// <param name="Act">What.</param>
/// <param name="Count">With how many items at most.</param>
public sealed record BatchStep(BatchAct Act, int Count = 0)
{
    /// <summary>Until when to wait.</summary>
    public DateTime Until { get; init; }
}

/// <summary>What is to be done with a batch.</summary>
public enum BatchAct
{
    /// <summary>Start the next items.</summary>
    Start,

    /// <summary>Write down what became of items that are over.</summary>
    WriteDown,

    /// <summary>Write down items that were never begun as canceled.</summary>
    GiveUp,

    /// <summary>Look whether items in flight are over and did not say so.</summary>
    Inspect,

    /// <summary>Wait for something to happen.</summary>
    Wait,

    /// <summary>It is over.</summary>
    Finish,
}

/// <summary>Items that were started.</summary>
/// <param name="Keys">Which.</param>
/// <param name="Next">Where the next one begins.</param>
/// <param name="Slots">How many may talk upstream at once.</param>
public sealed record StartedItems(IReadOnlyList<string> Keys, long Next, int Slots);

/// <summary>Items that were written down.</summary>
/// <param name="Asked">How many were looked at.</param>
/// <param name="ResultsAt">How long the results are.</param>
/// <param name="ErrorsAt">How long the errors are.</param>
public sealed record WrittenItems(int Asked, long ResultsAt, long ErrorsAt)
{
    /// <summary>So many succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>So many failed, the unknown among them.</summary>
    public int Failed { get; init; }

    /// <summary>Of so many nobody knows whether upstream accepted.</summary>
    public int Unknown { get; init; }

    /// <summary>So many were canceled.</summary>
    public int Canceled { get; init; }

    /// <summary>These are not over after all.</summary>
    public IReadOnlyList<string> StillRunning { get; init; } = [];
}

/// <summary>Items that were given up before they were begun.</summary>
/// <param name="Written">What was written down of them.</param>
/// <param name="Next">Where the next one begins.</param>
public sealed record GivenUpItems(WrittenItems Written, long Next);
