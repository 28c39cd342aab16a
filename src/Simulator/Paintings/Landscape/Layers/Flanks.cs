using Darkroom.Simulator.Paintings.Landscape.Chance;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>
/// Which flank of each peak faces the light. Below a peak the edge between light and shade runs down the slope in a zigzag,
/// as it does where one mountain face meets another.
/// </summary>
sealed class Flanks
{
    readonly float[] light;
    readonly uint key;
    readonly float scale;

    public Flanks(Frame frame, Func<float, float> heightAt, bool litFromLeft, uint key)
    {
        this.key = key;
        scale = 1 / frame.Unit;
        light = new float[frame.Width];
        var reach = Math.Max(frame.Unit * 0.014f, 0.5f);
        for (var x = 0; x < light.Length; x++)
        {
            var slope = (heightAt(x + reach) - heightAt(x - reach)) / reach;
            light[x] = Math.Clamp(litFromLeft ? -slope : slope, -1, 1);
        }
    }

    /// <summary>How many columns further left to look up the light at this height.</summary>
    public int Zigzag(float y) =>
        (int)((LineNoise.At(key, y * 24 * scale) + 0.5f * LineNoise.At(key + 1, y * 67 * scale)) * 0.012f / scale);

    public float At(int column) => light[Math.Clamp(column, 0, light.Length - 1)];
}
