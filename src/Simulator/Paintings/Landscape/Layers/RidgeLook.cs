using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>How a ridge is coloured between its crest and the mist at its foot.</summary>
sealed record RidgeLook(Tint Crest, Tint Foot)
{
    /// <summary>The height at which the mist begins, and the one at which it has won; pixels from the top.</summary>
    public required float MistFrom { get; init; }

    public required float MistTo { get; init; }

    /// <summary>How strongly light and shadow show the folds of the slope.</summary>
    public float Relief { get; init; }

    /// <summary>The height above which snow lies, if any.</summary>
    public float? SnowLine { get; init; }

    public Tint SnowLight { get; init; }

    public Tint SnowShade { get; init; }

    /// <summary>How bright the crest's edge is where the sun stands behind it.</summary>
    public float Rim { get; init; }
}
