using Darkroom.Simulator.Paintings.Landscape.Chance;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>Blades of grass along the ground, in tufts.</summary>
sealed class Grass(Frame frame, float height, Dice dice)
{
    readonly uint bladeKey = dice.Key();
    readonly uint tuftKey = dice.Key();
    readonly float bladesPerPixel = 1 / (frame.Unit * 0.0034f);

    public float HeightAt(float x)
    {
        var tuft = 0.65f + 0.6f * LineNoise.Rolling(tuftKey, x * 14 / frame.Unit, 3, 0.6f);
        return frame.Unit * height * tuft * TallestBlade(x * bladesPerPixel);
    }

    float TallestBlade(float x)
    {
        var tallest = 0f;
        var cell = (int)MathF.Floor(x);
        for (var i = cell - 2; i <= cell + 2; i++)
        {
            var chance = 0.5f + 0.5f * LineNoise.Point(bladeKey + 1, i);
            var root = i + 0.5f + 0.5f * LineNoise.Point(bladeKey, i);
            tallest = Math.Max(tallest, (0.25f + 0.75f * chance * chance) * (1 - Math.Abs(x - root) * 1.1f));
        }

        return tallest;
    }
}
