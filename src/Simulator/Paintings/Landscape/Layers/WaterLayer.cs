using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>
/// Still or rippled water: the scenery above the waterline again, upside down, each pixel mixed from a row a little above
/// and one a little below as the wave under it tilts.
/// </summary>
sealed class WaterLayer(Frame frame, Palette palette, Sun sun, ILayer scenery, float waterline, float roughness, Dice dice) : ILayer
{
    readonly uint key = dice.Key();
    readonly PlaneNoise noise = new(frame.Width);
    readonly float[] waves = new float[frame.Width];
    readonly ColorRow high = new(frame.Width);
    readonly ColorRow low = new(frame.Width);
    readonly Tint deep = palette.Zenith.Towards(palette.Near, 0.45f);

    public bool Hides(float y) => y >= waterline + 0.5f;

    public void Paint(float y, ColorRow row)
    {
        var cover = Curve.Clamp01(y - waterline + 0.5f);
        if (cover <= 0)
            return;

        var below = Math.Max(y - waterline, 0.01f);
        var distance = below / (frame.Rise * 0.45f);
        ReadWaves(below);

        // Reflections shorten towards the viewer, and waves close by scatter them over more of the sky.
        var mirrored = waterline - below * 0.92f;
        var scatter = frame.Rise * roughness * (0.004f + 0.05f * distance);
        scenery.Paint(Math.Min(mirrored - scatter, waterline - 0.5f), high);
        scenery.Paint(Math.Min(mirrored + scatter, waterline - 0.5f), low);

        var depth = 0.10f + 0.42f * Curve.Step(0, 1.3f, distance);
        var glints = Curve.Step(0.01f, 0.12f, distance);
        var path = sun.Radius * (0.8f + 2.2f * distance);
        var sparkle = sun.IsMoon ? 0.7f : 0.9f;
        for (var x = 0; x < waves.Length; x++)
        {
            var wave = waves[x];
            var tilt = Curve.Clamp01(0.5f + wave * 1.8f);
            var tint = new Tint(
                Curve.Mix(low.Red[x], high.Red[x], tilt),
                Curve.Mix(low.Green[x], high.Green[x], tilt),
                Curve.Mix(low.Blue[x], high.Blue[x], tilt));
            tint = tint.Towards(deep, Curve.Clamp01(depth - wave * 0.12f));
            var lane = Curve.Bell((x + 0.5f - sun.X) / path);
            var glint = Curve.Step(0.12f, 0.75f, wave * (0.6f + 0.4f * glints) + lane * 0.35f - 0.1f) * lane * lane * sparkle;
            row.Blend(x, tint.Towards(sun.Tint, Curve.Clamp01(glint)), cover);
        }
    }

    void ReadWaves(float below)
    {
        // A wave's size on the picture falls with its distance; the constant keeps the horizon from being infinitely far.
        var depth = frame.Rise * 0.10f / (below + frame.Rise * 0.012f);
        var step = depth * 3.2f / frame.Unit;
        waves.AsSpan().Clear();
        noise.AddFractal(key, 50 - frame.Width * 0.5f * step, depth * 26, step, 3, 0.6f, waves);
    }
}
