using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>The sky's gradient from zenith to horizon, and the light around the sun.</summary>
sealed class SkyLayer(Frame frame, Palette palette, Sun sun, float horizon) : ILayer
{
    public bool Hides(float y) => true;

    public void Paint(float y, ColorRow row)
    {
        // A quadratic Bézier through the three tints has no kink where a gradient in two pieces would show a line.
        var t = Curve.Clamp01(y / horizon);
        var sky = palette.Zenith.Towards(palette.Sky, t).Towards(palette.Sky.Towards(palette.Horizon, t), t);
        // Half way between blue and gold lies grey; no sky is.
        row.Fill(sky.Richer(0.1f + t * (1 - t)));

        var (wide, tight) = sun.IsMoon ? (0.30f, 0.40f) : (0.46f, 0.62f);
        var wideReach = frame.Unit * 0.45f;
        var tightReach = sun.Radius * 2.1f;
        var dy = y - sun.Y;
        var wideRow = 1 + dy * dy / (wideReach * wideReach * 0.5f);
        var tightRow = 1 + dy * dy / (tightReach * tightReach);
        var wideScale = 1 / (wideReach * wideReach);
        var tightScale = 1 / (tightReach * tightReach);
        var (lightRed, lightGreen, lightBlue) = sun.Tint;
        var (red, green, blue) = (row.Red, row.Green, row.Blue);
        for (var x = 0; x < red.Length; x++)
        {
            var dx = x + 0.5f - sun.X;
            var square = dx * dx;
            var wideGlow = wide / (wideRow + square * wideScale);
            var tightGlow = 1 / (tightRow + square * tightScale);
            var glow = wideGlow + tight * tightGlow * tightGlow;
            glow = glow > 0.92f ? 0.92f : glow;
            red[x] += (lightRed - red[x]) * glow;
            green[x] += (lightGreen - green[x]) * glow;
            blue[x] += (lightBlue - blue[x]) * glow;
        }
    }
}
