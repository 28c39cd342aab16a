using SkiaSharp;

namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>
/// What every part of a landscape is painted with. Whatever the size in pixels, the area is a million units, so that sizes can be plain
/// numbers.
/// </summary>
internal sealed record Scene(SKCanvas Canvas, Theme Theme, Random Random, float Width, float Height)
{
    /// <summary>How far down the sky reaches.</summary>
    public required float Horizon { get; init; }

    /// <summary>The centre of the sun or the moon.</summary>
    public required SKPoint Sun { get; init; }

    public Palette Palette => Theme.Palette;

    public bool Has(Motifs motif) => (Theme.Motifs & motif) != Motifs.None;

    /// <summary>A number from a range, by chance.</summary>
    public float Between(float least, float most) => least + (Random.NextSingle() * (most - least));
}
