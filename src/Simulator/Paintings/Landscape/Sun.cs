using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>The sun or moon: where it stands and how far its light reaches. Everything that is lit asks it.</summary>
sealed class Sun
{
    readonly float[] glowByColumn;

    public Sun(Frame frame, float x, float y, float radius, Tint tint, bool isMoon)
    {
        (X, Y, Radius, Tint, IsMoon) = (x, y, radius, tint, isMoon);
        glowByColumn = new float[frame.Width];
        for (var column = 0; column < glowByColumn.Length; column++)
            glowByColumn[column] = Curve.Bell((column + 0.5f - x) / (frame.Unit * 0.42f));
    }

    public float X { get; }

    public float Y { get; }

    public float Radius { get; }

    public Tint Tint { get; }

    public bool IsMoon { get; }

    /// <summary>How much each column lies in the light, 0 to 1.</summary>
    public ReadOnlySpan<float> GlowByColumn => glowByColumn;
}
