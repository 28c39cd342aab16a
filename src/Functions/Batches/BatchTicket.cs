namespace Darkroom.Batches;

/// <summary>The input of a batch's orchestration. It contains no items; these are in storage.</summary>
public sealed record BatchTicket
{
    public required string BatchId { get; init; }

    /// <summary>The name of the blob with the items, one per line.</summary>
    public required string Items { get; init; }

    /// <summary>The name of the blob with the unchanged input; null for a retry, which has no input of its own.</summary>
    public string? Input { get; init; }

    /// <summary>The hash of the input, to recognize the same body. For a retry: the hash of its idempotency key.</summary>
    public string? InputHash { get; init; }

    /// <summary>The number of pictures to make.</summary>
    public required int Total { get; init; }

    /// <summary>The number of invalid lines of the input that are skipped.</summary>
    public int Skipped { get; init; }

    /// <summary>How long upstream is expected to work on all items, from the learned durations.</summary>
    public double ExpectedSeconds { get; init; }

    /// <summary>When the batch was requested.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The caller who requested the batch, if callers are known.</summary>
    public string? Caller { get; init; }

    /// <summary>The id of the batch whose failures it retries; null if it is not a retry.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether the end of the batch is announced on the results queue.</summary>
    public bool IsAnnounced { get; init; }

    /// <summary>Whether the end of the batch is sent to a webhook, its own or the service's.</summary>
    public bool HasWebhook { get; init; }

    /// <summary>
    /// The name of the blob with the webhook of the batch; null if it has none of its own. A retry uses the one of its parent.
    /// </summary>
    public string? Webhook { get; init; }
}
