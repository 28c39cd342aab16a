using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>Drifting banks of cloud, flatter and closer together towards the horizon.</summary>
sealed class CloudLayer(Frame frame, Palette palette, Sun sun, float horizon, float amount, Dice dice) : ILayer
{
    readonly uint key = dice.Key();
    readonly float drift = dice.Between(0, 100);
    readonly float lean = dice.Between(-0.4f, 0.4f);
    readonly float grain = dice.Between(0.9f, 1.5f) / frame.Unit;
    readonly PlaneNoise noise = new(frame.Width);
    readonly float[] density = new float[frame.Width];

    public void Paint(float y, ColorRow row)
    {
        var t = y / horizon;
        if (t > 1.05f)
            return;
        // Clouds are a ceiling seen from below, so the same distance on the ceiling covers ever fewer rows.
        var v = 2.2f / (1.28f - Math.Max(t, -0.5f));
        var u = drift + v * lean;
        density.AsSpan().Clear();
        noise.AddFractal(key, u, v * 1.5f, grain, 5, 0.52f, density);

        var threshold = 0.42f - amount * 0.55f;
        var fade = (1 - Curve.Step(0.72f, 1.02f, t)) * 0.85f;
        var lit = palette.Cloud;
        var shade = palette.Cloud.Towards(palette.Sky, 0.55f).Towards(palette.Zenith, 0.2f);
        var glow = sun.GlowByColumn;
        var discScale = 0.45f / sun.Radius;
        var discRow = Curve.Bell((y - sun.Y) * discScale);
        var near = Curve.Bell((y - sun.Y) / (frame.Unit * 0.35f));
        for (var x = 0; x < density.Length; x++)
        {
            var thickness = density[x] - threshold;
            if (thickness <= 0)
                continue;
            var cover = Curve.Clamp01(thickness * 1.6f);
            cover = cover * cover * (3 - 2 * cover);
            // Thin edges let the light through; the thick middle keeps it.
            var heart = Curve.Clamp01(thickness * 1.4f - 0.25f);
            var tint = lit.Towards(shade, heart * 0.8f).Towards(sun.Tint, glow[x] * near * 0.55f * (1 - heart * 0.5f));
            // The disc shines through, or a bar of cloud would cut it into a box.
            row.Blend(x, tint, cover * fade * (1 - 0.9f * Curve.Bell((x + 0.5f - sun.X) * discScale) * discRow));
        }
    }
}
