using SkiaSharp;

namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>The crest of a chain of hills, by midpoint displacement. Both coordinates are from 0 to 1.</summary>
internal sealed class Skyline
{
    private const int Steps = 256;

    private readonly float[] _heights = new float[Steps + 1];

    /// <param name="random">The source of the heights.</param>
    /// <param name="roughness">The factor of the displacement per step: 0.35 gives gentle hills, 0.55 jagged mountains.</param>
    /// <param name="smoothing">The number of neighbours on each side that a height is averaged with.</param>
    public Skyline(Random random, float roughness, int smoothing = 0)
    {
        _heights[0] = random.NextSingle();
        _heights[Steps] = random.NextSingle();
        var reach = 1f;
        for (var step = Steps; step > 1; step /= 2)
        {
            for (var i = step / 2; i < Steps; i += step)
                _heights[i] = ((_heights[i - (step / 2)] + _heights[i + (step / 2)]) / 2) + (reach * (random.NextSingle() - 0.5f));
            reach *= roughness;
        }

        if (smoothing > 0)
            _heights = [.. _heights.Select((_, i) => _heights.Skip(i - smoothing).Take(Math.Min(i, smoothing) + smoothing + 1).Average())];
        var (lowest, highest) = (_heights.Min(), _heights.Max());
        for (var i = 0; i <= Steps; i++)
            _heights[i] = (_heights[i] - lowest) / (highest - lowest);
    }

    /// <summary>The height at a horizontal position from 0 to 1.</summary>
    public float At(float x)
    {
        var place = Math.Clamp(x, 0, 1) * Steps;
        var left = Math.Min((int)place, Steps - 1);
        return _heights[left] + ((_heights[left + 1] - _heights[left]) * (place - left));
    }

    /// <summary>
    /// The area from the crest down to <paramref name="bottom"/>. A height of 0 is at <paramref name="foot"/>; a height of 1 is
    /// <paramref name="rise"/> above it.
    /// </summary>
    public SKPath Outline(float width, float foot, float rise, float bottom)
    {
        var crest = _heights.Select((height, i) => new SKPoint(width * i / Steps, foot - (rise * height)));
        using var outline = new SKPathBuilder();
        outline.AddPoly([new SKPoint(0, bottom), .. crest, new SKPoint(width, bottom)], close: true);
        return outline.Detach();
    }
}
