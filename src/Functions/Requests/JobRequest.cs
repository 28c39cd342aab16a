using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>A valid request. Aliases are resolved, and defaults are filled in where they affect the job.</summary>
public sealed record JobRequest
{
    /// <summary>The part that is sent to ModelScope.</summary>
    public required ImageRequest Image { get; init; }

    /// <summary>The number of tasks; each makes one or more pictures.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The caller's name for the job. It is part of the file names of the pictures.</summary>
    public string? Name { get; init; }

    /// <summary>Labels by which jobs can be listed.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public Lane Priority { get; init; }

    /// <summary>How long ModelScope may take, from the accepted submit on; null for the value of the setting.</summary>
    public int? DeadlineSeconds { get; init; }

    /// <summary>How long the job may take in total, from the request on, including waiting.</summary>
    public int ExpiresInSeconds { get; init; } = DefaultExpirySeconds;

    /// <summary>Whether the job fails instead of waiting when the account has no credits left.</summary>
    public bool FailsWithoutCredits { get; init; }

    /// <summary>Whether the job may reuse the pictures of an identical earlier job instead of making new ones.</summary>
    public bool ReusesIdentical { get; init; }

    /// <summary>Where the end of the job is sent; null if the request names no webhook.</summary>
    public JobWebhook? Webhook { get; init; }

    /// <summary>
    /// Whether the job may and can reuse pictures. Requests without an explicit seed are never identical, and only jobs with one task can
    /// be found.
    /// </summary>
    public bool CanReuse => ReusesIdentical && Image.Seed is not null && Count == 1;

    /// <summary>Hints about a valid request. They follow from the other properties.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public const int DefaultExpirySeconds = 7 * 24 * 3600;

    /// <summary>
    /// The request of one task of the job. An explicit seed is increased for each further task; otherwise all tasks would make the same
    /// picture.
    /// </summary>
    public ImageRequest ImageOf(int task) =>
        task == 0 || Image.Seed is not { } seed ? Image : Image with { Seed = (int)(((long)seed + task) % (1L + int.MaxValue)) };
}

/// <summary>The lane in which a job waits for a slot.</summary>
public enum Lane
{
    /// <summary>For people who wait for the result. This lane goes before bulk.</summary>
    Interactive,

    /// <summary>For batches. The gate never starves this lane.</summary>
    Bulk,
}
