namespace Darkroom.Usage;

/// <summary>One task as it is counted, or the pictures that a job reused.</summary>
/// <param name="Day">The day in China on which ModelScope accepted the task.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="About">What it belongs to.</param>
public sealed record UsageRow(DateOnly Day, TaskOutcome Outcome, UsageLabels About)
{
    /// <summary>The number of its pictures in storage.</summary>
    public int Pictures { get; init; }

    /// <summary>The number of pictures that were reused instead of made.</summary>
    public int Reused { get; init; }

    /// <summary>When a task without an outcome counts as failed; null for a row that has an outcome from the start.</summary>
    public DateTime? Deadline { get; init; }
}

/// <summary>What a task belongs to.</summary>
/// <param name="Model">The model.</param>
/// <param name="Caller">The caller, if callers are known.</param>
/// <param name="Batch">The batch, if there is one.</param>
public sealed record UsageLabels(string Model, string? Caller, string? Batch);

/// <summary>What became of a task.</summary>
public enum TaskOutcome
{
    /// <summary>ModelScope accepted it, and no outcome is recorded yet.</summary>
    Accepted,

    /// <summary>It is unknown whether ModelScope accepted it.</summary>
    Unknown,

    /// <summary>Its pictures are in storage.</summary>
    Succeeded,

    /// <summary>It ended without all its pictures.</summary>
    Failed,

    /// <summary>Its job was canceled, and its pictures were discarded.</summary>
    Canceled,

    /// <summary>It is no task: a job reused the pictures of an earlier one.</summary>
    Reused,
}
