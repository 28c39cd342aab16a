namespace Darkroom.LocalHost.Journal;

/// <summary>How large the journal's files may grow before they are cleaned, and how much of that is done at once.</summary>
internal sealed record JournalLimits
{
    public long SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Below this the journal is left alone: there is little to win.</summary>
    public long CleanFrom { get; init; } = 256 << 20;

    /// <summary>What is moved with one batch, so that nobody waits long for it.</summary>
    public int BytesMovedAtOnce { get; init; } = 256 << 10;
}
