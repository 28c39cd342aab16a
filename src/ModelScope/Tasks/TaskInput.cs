namespace Darkroom.ModelScope.Tasks;

/// <summary>The parameters a task was really run with, as far as upstream says.</summary>
public sealed record TaskInput
{
    /// <summary>The effective seed, drawn by upstream when none was asked.</summary>
    public long? Seed { get; init; }

    /// <summary>The effective width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The effective height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>The effective guidance.</summary>
    public double? Guidance { get; init; }

    /// <summary>The effective number of steps.</summary>
    public int? Steps { get; init; }

    /// <summary>The sampler's name.</summary>
    public string? Sampler { get; init; }
}
