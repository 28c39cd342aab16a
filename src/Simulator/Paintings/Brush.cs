using Darkroom.Simulator.Paintings.Landscape;
using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings;

/// <summary>
/// Paints one row at a time and in any order, so that an encoder never holds a whole picture. Not safe for two threads at once.
/// </summary>
public sealed class Brush
{
    readonly Scene scene;
    readonly Varnish varnish;
    readonly ColorRow row;

    internal Brush(Painting painting)
    {
        Width = painting.Width;
        Height = painting.Height;
        var dice = Dice.For(painting.Prompt, painting.Seed);
        var frame = new Frame(painting.Width, painting.Height);
        scene = Composition.Of(painting.Prompt, frame, dice);
        varnish = new Varnish(frame, dice.Named("varnish"));
        row = new ColorRow(painting.Width);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Fills <paramref name="rgb"/> with row <paramref name="y"/>, three bytes to a pixel.</summary>
    public void PaintRow(int y, Span<byte> rgb)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        ArgumentOutOfRangeException.ThrowIfLessThan(rgb.Length, Width * 3, nameof(rgb));
        scene.Paint(y + 0.5f, row);
        varnish.Finish(y, row, rgb);
    }
}
