namespace Darkroom.ModelScope.Requests;

/// <summary>The LoRAs of a request: one by its repository, or several with weights that sum to one.</summary>
public sealed class LoraChoice : IEquatable<LoraChoice>
{
    private LoraChoice(string? repository, IReadOnlyList<KeyValuePair<string, double>> weights)
    {
        Repository = repository;
        Weights = weights;
    }

    /// <summary>The one repository, when the request named it without a weight.</summary>
    public string? Repository { get; }

    /// <summary>Repositories with their weights, in the order given; empty when <see cref="Repository"/> is set.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Weights { get; }

    /// <summary>One LoRA, sent as a string.</summary>
    public static LoraChoice One(string repository) => new(repository, []);

    /// <summary>Several LoRAs, sent as an object.</summary>
    public static LoraChoice Several(IEnumerable<KeyValuePair<string, double>> weights) => new(repository: null, [.. weights]);

    /// <inheritdoc/>
    public bool Equals(LoraChoice? other) => other is not null && Repository == other.Repository && Weights.SequenceEqual(other.Weights);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LoraChoice);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Repository, Weights.Count);
}
