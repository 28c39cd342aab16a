namespace Darkroom.ModelScope.Requests;

/// <summary>The LoRAs of a request: one repository without a weight, or several with weights that sum to 1.</summary>
public sealed class LoraChoice : IEquatable<LoraChoice>
{
    private LoraChoice(string? repository, IReadOnlyList<KeyValuePair<string, double>> weights)
    {
        Repository = repository;
        Weights = weights;
    }

    /// <summary>The repository, if the request names it without a weight; otherwise null.</summary>
    public string? Repository { get; }

    /// <summary>The repositories with their weights, in the order of the request; empty if <see cref="Repository"/> is set.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Weights { get; }

    /// <summary>Creates a choice of one LoRA, which is sent as a string.</summary>
    public static LoraChoice One(string repository) => new(repository, []);

    /// <summary>Creates a choice of LoRAs with weights, which is sent as an object.</summary>
    public static LoraChoice Several(IEnumerable<KeyValuePair<string, double>> weights) => new(repository: null, [.. weights]);

    /// <inheritdoc/>
    public bool Equals(LoraChoice? other) => other is not null && Repository == other.Repository && Weights.SequenceEqual(other.Weights);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LoraChoice);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Repository, Weights.Count);
}
