using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>The disc itself: plain for a sun; for a moon full with its seas, or a crescent.</summary>
sealed class SunLayer : ILayer
{
    readonly Sun sun;
    readonly Tint disc;
    readonly Tint sea;
    readonly bool isCrescent;
    readonly float shadowX;
    readonly float shadowY;
    readonly (float X, float Y, float Radius)[] seas = [];

    public SunLayer(Sun sun, Tint disc, Tint sky, Dice dice)
    {
        this.sun = sun;
        this.disc = disc;
        sea = disc.Towards(sky, 0.17f);
        if (!sun.IsMoon)
            return;

        isCrescent = dice.Chance(0.4f);
        shadowX = sun.X + sun.Radius * (dice.Chance(0.5f) ? 0.55f : -0.55f);
        shadowY = sun.Y - sun.Radius * 0.22f;
        seas = new (float, float, float)[7];
        for (var i = 0; i < seas.Length; i++)
            seas[i] = (dice.Between(-0.6f, 0.5f), dice.Between(-0.6f, 0.6f), dice.Between(0.1f, 0.3f));
    }

    public void Paint(float y, ColorRow row)
    {
        var reach = sun.Radius + 1;
        if (y < sun.Y - reach || y > sun.Y + reach)
            return;

        var last = Math.Min(row.Width - 1, (int)(sun.X + reach));
        for (var x = Math.Max(0, (int)(sun.X - reach)); x <= last; x++)
        {
            var (dx, dy) = (x + 0.5f - sun.X, y - sun.Y);
            var cover = Curve.Clamp01(sun.Radius - MathF.Sqrt(dx * dx + dy * dy) + 0.5f);
            if (isCrescent)
                cover *= 1 - ShadowAt(x + 0.5f, y);
            if (cover > 0)
                row.Blend(x, disc.Towards(sea, isCrescent ? 0 : SeaAt(dx / sun.Radius, dy / sun.Radius)), cover);
        }
    }

    float ShadowAt(float x, float y)
    {
        var (dx, dy) = (x - shadowX, y - shadowY);
        return Curve.Clamp01(sun.Radius * 0.98f - MathF.Sqrt(dx * dx + dy * dy) + 0.5f);
    }

    float SeaAt(float x, float y)
    {
        var depth = 0f;
        foreach (var (seaX, seaY, radius) in seas)
        {
            var distance = MathF.Sqrt((x - seaX) * (x - seaX) + (y - seaY) * (y - seaY));
            depth += 1 - Curve.Step(radius * 0.1f, radius * 1.6f, distance);
        }

        return Curve.Clamp01(depth);
    }
}
