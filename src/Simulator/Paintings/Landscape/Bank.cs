using Darkroom.Simulator.Paintings.Landscape.Chance;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>The slope we stand on: it comes in from one side and runs out below the picture's edge.</summary>
sealed class Bank(Frame frame, float rise, bool fromLeft, Dice dice)
{
    readonly uint key = dice.Key();
    readonly float reach = frame.Width * dice.Between(0.75f, 1.1f);

    public bool FromLeft => fromLeft;

    /// <summary>Where somebody would sit: half way down, with the view before them.</summary>
    public float Seat => fromLeft ? reach * 0.36f : frame.Width - reach * 0.36f;

    /// <summary>How far a point lies from the edge that the bank comes from.</summary>
    public float Inward(float x) => fromLeft ? x : frame.Width - x;

    public float GroundAt(float x)
    {
        var slope = 1 - Curve.Step(0, reach, Inward(x));
        var bumps = 1 + 0.25f * LineNoise.Rolling(key, x * 2.2f / frame.Unit, 5, 0.45f);
        return frame.Height * 1.01f - rise * (slope * 1.15f - 0.08f) * bumps;
    }
}
