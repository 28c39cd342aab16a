namespace Darkroom.Batches;

/// <summary>What the orchestration of a batch begins with. Its items are in storage; none of them is in here.</summary>
public sealed record BatchTicket
{
    /// <summary>The batch.</summary>
    public required string BatchId { get; init; }

    /// <summary>The blob that holds the items, one a line.</summary>
    public required string Items { get; init; }

    /// <summary>The blob that holds the input exactly as it came; null for a retry, which has none of its own.</summary>
    public string? Input { get; init; }

    /// <summary>Tells whether another body is the same.</summary>
    public string? InputHash { get; init; }

    /// <summary>How many pictures it is to make.</summary>
    public required int Total { get; init; }

    /// <summary>Lines of the input that were not valid and are left out.</summary>
    public int Skipped { get; init; }

    /// <summary>How long upstream will work on all of it, by what is known of such tasks.</summary>
    public double ExpectedSeconds { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Who asked for it, where callers are known.</summary>
    public string? Caller { get; init; }

    /// <summary>The batch whose failures it tries again.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether its end is announced on the results queue.</summary>
    public bool IsAnnounced { get; init; }
}
