using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;
using Darkroom.Simulator.Paintings.Landscape.Layers;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>Scatters specks: over the night sky, or through the air before everything else.</summary>
static class Specks
{
    /// <summary>Many faint stars and few bright ones, thinning out towards the horizon and lost in the moon's glare.</summary>
    public static SpeckLayer Stars(Frame frame, Sun moon, float horizon, float brightness, Dice dice)
    {
        var stars = new Speck[260 + dice.Below(160)];
        var smallest = Math.Max(frame.Unit / 560, 1.1f);
        for (var i = 0; i < stars.Length; i++)
        {
            var (x, y) = (dice.Roll() * frame.Width, dice.Roll() * dice.Between(0.6f, 1) * horizon);
            var rank = dice.Roll();
            var (dx, dy) = (x - moon.X, y - moon.Y);
            var glare = Curve.Step(moon.Radius * 1.2f, moon.Radius * 5, MathF.Sqrt(dx * dx + dy * dy));
            var strength = (0.25f + 0.75f * rank * rank * rank) * glare * brightness * (1 - 0.8f * y / horizon) * Faded(frame);
            var tint = new Tint(255, 250, 240).Towards(dice.Chance(0.5f) ? new Tint(190, 215, 255) : new Tint(255, 225, 190), dice.Roll());
            stars[i] = new Speck(x, y, smallest * (0.7f + 0.9f * rank * rank), strength, tint);
        }

        return new SpeckLayer(stars);
    }

    /// <summary>Snowflakes, petals, sparks: whatever the air of the season carries.</summary>
    public static SpeckLayer Drifting(Frame frame, Tint tint, float size, Dice dice)
    {
        var drift = new Speck[90 + dice.Below(90)];
        for (var i = 0; i < drift.Length; i++)
        {
            var near = dice.Roll();
            var radius = Math.Max(frame.Unit * size * (0.3f + 0.7f * near * near * near), 0.9f);
            var strength = dice.Between(0.35f, 0.85f) * (1 - 0.35f * near) * Faded(frame);
            drift[i] = new Speck(dice.Roll() * frame.Width, dice.Roll() * frame.Height, radius, strength, tint);
        }

        return new SpeckLayer(drift);
    }

    // A speck cannot be smaller than a pixel; in a small picture it has to be fainter instead.
    static float Faded(Frame frame) => Math.Min(1, frame.Unit / 300 + 0.15f);
}
