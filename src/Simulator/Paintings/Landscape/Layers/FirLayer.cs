using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>Firs on a ridge, in the ridge's own colours, so that their feet melt into the ground they stand on.</summary>
sealed class FirLayer : ILayer
{
    readonly RidgeLook look;
    readonly Sun sun;
    readonly uint key;
    readonly Fir[] firs;
    readonly float highest = float.MaxValue;
    readonly float lowest = float.MinValue;

    /// <param name="frame">The picture's edges.</param>
    /// <param name="look">The ridge's colours.</param>
    /// <param name="sun">Where the light comes from.</param>
    /// <param name="ground">Where the ground is at a given x.</param>
    /// <param name="height">How tall the tallest are.</param>
    /// <param name="density">How likely a tree stands at a given x; trees in the open stay smaller.</param>
    /// <param name="dice">Chance.</param>
    public FirLayer(
        Frame frame, RidgeLook look, Sun sun, Func<float, float> ground, float height, Func<float, float> density, Dice dice)
    {
        (this.look, this.sun, key) = (look, sun, dice.Key());
        // Trees closer than two pixels would be a blur, and in a wide picture thousands of them.
        var spacing = Math.Max(height * 0.17f, 2);
        var planted = new List<Fir>((int)(frame.Width / spacing));
        for (var x = -height * 0.5f; x < frame.Width + height * 0.5f; x += spacing * dice.Between(0.35f, 1.65f))
        {
            var (wood, roll) = (Curve.Clamp01(density(x)), dice.Roll());
            var tall = height * (0.35f + 0.65f * roll * roll + 0.2f * dice.Roll()) * (0.55f + 0.45f * wood);
            if (dice.Roll() >= wood)
                continue;
            var foot = ground(x) + tall * 0.05f;
            planted.Add(new Fir(x, foot, tall, tall * dice.Between(0.15f, 0.23f)));
            highest = Math.Min(highest, foot - tall);
            lowest = Math.Max(lowest, foot);
        }

        firs = [.. planted];
    }

    public void Paint(float y, ColorRow row)
    {
        if (y < highest || y > lowest)
            return;
        var haze = Curve.Step(look.MistFrom, look.MistTo, y);
        var tint = look.Crest.Towards(look.Foot, haze);
        for (var i = 0; i < firs.Length; i++)
        {
            var fir = firs[i];
            var down = (y - fir.Foot) / fir.Height + 1;
            if (down is > 0 and < 1)
                PaintFir(i, fir, down, tint, row);
        }
    }

    void PaintFir(int number, Fir fir, float down, Tint tint, ColorRow row)
    {
        // Small trees far off have room for few boughs only.
        var boughs = Math.Clamp((int)(fir.Height * 0.3f), 3, 13);
        var level = down * boughs;
        var bough = (int)level;
        var seed = key + (uint)(number * 64 + bough);
        var left = fir.X - HalfWidth(seed, fir, bough, level - bough, boughs);
        var right = fir.X + HalfWidth(seed ^ 0x9E3779B1, fir, bough, level - bough, boughs);
        var last = Math.Min(row.Width - 1, (int)right);
        for (var x = Math.Max(0, (int)left); x <= last; x++)
        {
            var cover = Math.Min(right, x + 1) - Math.Max(left, x);
            if (cover > 0)
                row.Blend(x, tint.Towards(sun.Tint, sun.GlowByColumn[x] * 0.06f), cover);
        }
    }

    /// <summary>
    /// A bough starts close to the trunk and reaches outward as it sinks; each a little longer or shorter than it should be.
    /// </summary>
    static float HalfWidth(uint seed, Fir fir, int bough, float along, int boughs)
    {
        if (bough == boughs - 1 && along > 0.5f)
            return fir.Spread * 0.12f;
        var length = (bough + 1f) / boughs * (1 + 0.28f * LineNoise.Point(seed, bough));
        return fir.Spread * length * (0.38f + 0.62f * along * (0.5f + 0.5f * along));
    }

    readonly record struct Fir(float X, float Foot, float Height, float Spread);
}
