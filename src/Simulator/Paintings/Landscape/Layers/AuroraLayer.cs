using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>Northern lights: a curtain with a bright lower hem, drawn upward into rays.</summary>
sealed class AuroraLayer : ILayer
{
    const float HemWidth = 0.12f;

    static readonly Tint HemTint = Tint.Of(0x6BF5B0);
    static readonly Tint VeilTint = Tint.Of(0x8A5CE0);

    readonly float[] hems;
    readonly float[] rays;
    readonly float length;
    readonly float highest;
    readonly float lowest;

    public AuroraLayer(Frame frame, float horizon, Dice dice)
    {
        var (key, scale) = (dice.Key(), 1 / frame.Unit);
        var level = horizon * dice.Between(0.42f, 0.72f);
        length = horizon * dice.Between(0.35f, 0.55f);
        hems = new float[frame.Width];
        rays = new float[frame.Width];
        for (var x = 0; x < hems.Length; x++)
        {
            hems[x] = level + LineNoise.Rolling(key, x * scale * 1.1f, 4, 0.4f) * frame.Rise * 0.16f;
            var presence = Curve.Step(-0.5f, 0.5f, LineNoise.At(key + 9, x * scale * 1.3f));
            rays[x] = presence * (0.36f + 0.30f * LineNoise.Rolling(key + 5, x * scale * 14, 4, 0.7f));
        }

        (highest, lowest) = (hems.Min() - length, hems.Max() + length * HemWidth);
    }

    public void Paint(float y, ColorRow row)
    {
        if (y < highest || y > lowest)
            return;
        for (var x = 0; x < row.Width; x++)
        {
            var up = (hems[x] - y) / length;
            if (up is < -HemWidth or > 1)
                continue;
            var fade = up < 0 ? 1 + up / HemWidth : 1 - up;
            row.Blend(x, HemTint.Towards(VeilTint, Curve.Clamp01(up * 1.5f)), fade * fade * rays[x]);
        }
    }
}
