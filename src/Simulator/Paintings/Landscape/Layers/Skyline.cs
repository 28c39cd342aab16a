namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>
/// The upper edge of a ridge. Each column keeps how far down the edge begins and how fast it fills the column, so that even
/// steep slopes and the tips of trees come out smooth.
/// </summary>
sealed class Skyline
{
    const int Samples = 4;

    readonly float[] tops;
    readonly float[] fills;

    /// <param name="frame">The picture's edges.</param>
    /// <param name="heightAt">Where the edge is at a given x, both in pixels.</param>
    public Skyline(Frame frame, Func<float, float> heightAt)
    {
        tops = new float[frame.Width];
        fills = new float[frame.Width];
        (Highest, Lowest) = (float.MaxValue, float.MinValue);
        var edge = heightAt(0);
        for (var x = 0; x < frame.Width; x++)
        {
            var (high, low) = (edge, edge);
            for (var i = 1; i <= Samples; i++)
            {
                edge = heightAt(x + i * (1f / Samples));
                high = Math.Min(high, edge);
                low = Math.Max(low, edge);
            }

            tops[x] = high - 0.5f;
            fills[x] = 1 / (low - high + 1);
            Highest = Math.Min(Highest, high - 0.5f);
            Lowest = Math.Max(Lowest, low + 0.5f);
        }
    }

    /// <summary>Above this nothing of the ridge shows.</summary>
    public float Highest { get; }

    /// <summary>Below this the ridge fills every column.</summary>
    public float Lowest { get; }

    public ReadOnlySpan<float> Tops => tops;

    public ReadOnlySpan<float> Fills => fills;
}
