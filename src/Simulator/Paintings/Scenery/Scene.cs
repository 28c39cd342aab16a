using SkiaSharp;

namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>
/// The canvas and the values that all parts of a landscape share. The area is always a million units, whatever the size in pixels, so
/// lengths can be constants.
/// </summary>
internal sealed record Scene(SKCanvas Canvas, Theme Theme, Random Random, float Width, float Height)
{
    /// <summary>The y coordinate at which the sky ends.</summary>
    public required float Horizon { get; init; }

    /// <summary>The centre of the sun or the moon.</summary>
    public required SKPoint Sun { get; init; }

    public Palette Palette => Theme.Palette;

    public bool Has(Motifs motif) => (Theme.Motifs & motif) != Motifs.None;

    /// <summary>A random number in the range.</summary>
    public float Between(float least, float most) => least + (Random.NextSingle() * (most - least));
}
