using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>A request as it is carried out: checked, aliases resolved, defaults filled in where they decide something.</summary>
public sealed record JobRequest
{
    /// <summary>What goes upstream.</summary>
    public required ImageRequest Image { get; init; }

    /// <summary>Upstream tasks; each brings a picture, or several.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What the caller calls it; part of the pictures' file names.</summary>
    public string? Name { get; init; }

    /// <summary>Labels to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Which lane it waits in.</summary>
    public Lane Priority { get; init; }

    /// <summary>How long upstream may take, from the accepted submit on; null for the setting's.</summary>
    public int? DeadlineSeconds { get; init; }

    /// <summary>How long the whole may take, waiting included, from the request on.</summary>
    public int ExpiresInSeconds { get; init; } = DefaultExpirySeconds;

    /// <summary>Whether it fails, instead of waiting, when the account has no credits left.</summary>
    public bool FailsWithoutCredits { get; init; }

    /// <summary>Whether the caller wants an identical earlier success answered instead of a new task.</summary>
    public bool ReusesIdentical { get; init; }

    /// <summary>
    /// The same, where it can be done: without an explicit seed no two requests are identical, and only single tasks are found again.
    /// </summary>
    public bool CanReuse => ReusesIdentical && Image.Seed is not null && Count == 1;

    /// <summary>What the caller should know although the request is valid. Follows from the other properties.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Seven days.</summary>
    public const int DefaultExpirySeconds = 7 * 24 * 3600;

    /// <summary>
    /// The request of one of its tasks. With an explicit seed each task takes the next one: the same picture is not paid for twice.
    /// </summary>
    public ImageRequest ImageOf(int task) =>
        task == 0 || Image.Seed is not { } seed ? Image : Image with { Seed = (int)(((long)seed + task) % (1L + int.MaxValue)) };
}

/// <summary>Where a job waits for its slot.</summary>
public enum Lane
{
    /// <summary>For people who wait; before bulk.</summary>
    Interactive,

    /// <summary>For batches; never starved.</summary>
    Bulk,
}
