using System.Numerics;

namespace Darkroom.Simulator.Paintings.Landscape.Chance;

/// <summary>
/// Gradient noise over the plane, read one row at a time. Along a row both the lattice values and their slopes are fixed,
/// so a pixel costs a few multiplications.
/// </summary>
sealed class PlaneNoise(int width)
{
    readonly float[] values = new float[width / 2 + 4];
    readonly float[] slopes = new float[width / 2 + 4];

    /// <summary>
    /// Adds noise of about -1 to 1, times <paramref name="weight"/>. The row starts at (<paramref name="u"/>, <paramref name="v"/>)
    /// and <paramref name="step"/> is how far a pixel goes along u; noise finer than the pixels fades out instead of flickering.
    /// </summary>
    public void AddRow(uint key, float u, float v, float step, float weight, Span<float> into)
    {
        if (step >= 0.5f)
            return;
        weight *= 2 * Curve.Clamp01(2 - step * 4);

        var firstCell = MathF.Floor(u);
        PrepareLattice(key, (int)firstCell, v, (int)(step * into.Length) + 3);
        var start = u - firstCell;
        var x = 0;
        for (var cell = 0; x < into.Length; cell++)
        {
            var end = Math.Min(into.Length, (int)MathF.Ceiling((cell + 1 - start) / step));
            AddCell(cell, start - cell, step, weight, x, into[..Math.Max(x, end)]);
            x = Math.Max(x, end);
        }
    }

    /// <summary>Octaves of noise, each twice as fine and <paramref name="roughness"/> times as strong as the one before.</summary>
    public void AddFractal(uint key, float u, float v, float step, int octaves, float roughness, Span<float> into)
    {
        var weight = 1f;
        for (var i = 0; i < octaves; i++)
        {
            AddRow(key + (uint)i * 7919, u, v, step, weight, into);
            // Each octave leans a little, or all their lattices would line up into a visible grid.
            (u, v, step, weight) = (u * 2 + v * 0.31f + 31.7f, v * 2 + 11.3f, step * 2, weight * roughness);
        }
    }

    /// <summary>The part of the row between two lattice points, many pixels at once: t is a pixel's place between the two.</summary>
    void AddCell(int cell, float start, float step, float weight, int x, Span<float> into)
    {
        var (leftValue, leftSlope, rightValue, rightSlope) = (values[cell], slopes[cell], values[cell + 1], slopes[cell + 1]);
        for (; x <= into.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var t = Vector.CreateSequence<float>(x, 1) * step + new Vector<float>(start);
            var left = new Vector<float>(leftValue) + t * leftSlope;
            var right = new Vector<float>(rightValue) + (t - Vector<float>.One) * rightSlope;
            var shape = t * t * (new Vector<float>(3) - t * 2);
            var target = into[x..];
            (new Vector<float>(target) + (left + (right - left) * shape) * weight).CopyTo(target);
        }

        for (; x < into.Length; x++)
        {
            var t = x * step + start;
            var left = leftValue + t * leftSlope;
            var right = rightValue + (t - 1) * rightSlope;
            into[x] += (left + (right - left) * (t * t * (3 - t * 2))) * weight;
        }
    }

    void PrepareLattice(uint key, int firstCell, float v, int count)
    {
        var rowCell = MathF.Floor(v);
        var t = v - rowCell;
        var blend = t * t * (3 - 2 * t);
        var above = LineNoise.Mix((uint)(int)rowCell ^ key);
        var below = LineNoise.Mix((uint)((int)rowCell + 1) ^ key);
        for (var i = 0; i < count; i++)
        {
            var (upX, upY) = Gradient((uint)(firstCell + i) ^ above);
            var (downX, downY) = Gradient((uint)(firstCell + i) ^ below);
            values[i] = Curve.Mix(upY * t, downY * (t - 1), blend);
            slopes[i] = Curve.Mix(upX, downX, blend);
        }
    }

    static (float X, float Y) Gradient(uint cell)
    {
        var hash = LineNoise.Mix(cell * 0x9E3779B1u);
        return ((hash & 0xFFFF) * (2f / 65536) - 1, (hash >> 16) * (2f / 65536) - 1);
    }
}
