namespace Darkroom.ModelScope.Tasks;

/// <summary>The parameters that ModelScope used for a task, as far as the answer contains them.</summary>
public sealed record TaskInput
{
    /// <summary>The effective seed. ModelScope chooses one if the request has none.</summary>
    public long? Seed { get; init; }

    /// <summary>The effective width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The effective height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>The effective guidance.</summary>
    public double? Guidance { get; init; }

    /// <summary>The effective number of steps.</summary>
    public int? Steps { get; init; }

    /// <summary>The name of the sampler.</summary>
    public string? Sampler { get; init; }
}
