using Darkroom.Simulator.Paintings.Landscape.Chance;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>
/// The rough ground of the slopes and the wisps of mist before them, a row at a time. All ridges share one, for its buffers are
/// as wide as the picture.
/// </summary>
sealed class Folds(Frame frame, bool litFromLeft)
{
    readonly PlaneNoise noise = new(frame.Width + Shift(frame));
    readonly float[] heights = new float[frame.Width + Shift(frame)];
    readonly float[] relief = new float[frame.Width];
    readonly float[] wisps = new float[frame.Width];

    public bool LitFromLeft => litFromLeft;

    /// <summary>Light (above 0) and shade (below 0) of rough ground, about -1 to 1.</summary>
    public ReadOnlySpan<float> Relief(uint key, float y)
    {
        var scale = 11 / frame.Unit;
        heights.AsSpan().Clear();
        // Gullies run down a slope, so the ground is a little taller than broad.
        noise.AddFractal(key, 0, y * scale * 0.8f, scale, 4, 0.62f, heights);
        var shift = heights.Length - relief.Length;
        var gain = litFromLeft ? 1.35f : -1.35f;
        for (var x = 0; x < relief.Length; x++)
            relief[x] = (heights[x + shift] - heights[x]) * gain;
        return relief;
    }

    /// <summary>Where the mist is thicker (above 0) or thinner (below 0) than its height alone would have it.</summary>
    public ReadOnlySpan<float> Wisps(uint key, float y)
    {
        wisps.AsSpan().Clear();
        noise.AddFractal(key ^ 0x5BD1E995, 0, y * 7 / frame.Unit, 2.1f / frame.Unit, 2, 0.5f, wisps);
        return wisps;
    }

    // Light and shade are the difference between two points of the ground, this many columns apart.
    static int Shift(Frame frame) => Math.Max(1, (int)(frame.Unit * 0.008f));
}
