using System.Runtime.CompilerServices;

namespace Darkroom.Simulator.Paintings.Landscape.Chance;

/// <summary>Smooth chance along a line, from -1 to 1: the stuff of skylines.</summary>
static class LineNoise
{
    public static float At(uint key, float x)
    {
        var cell = MathF.Floor(x);
        var t = x - cell;
        var left = Point(key, (int)cell);
        var right = Point(key, (int)cell + 1);
        return left + (right - left) * (t * t * t * (t * (t * 6 - 15) + 10));
    }

    /// <summary>Rolling hills, -1 to 1.</summary>
    public static float Rolling(uint key, float x, int octaves, float roughness)
    {
        float sum = 0, weight = 1, total = 0;
        for (var i = 0; i < octaves; i++)
        {
            sum += At(key + (uint)i * 7919, x) * weight;
            total += weight;
            weight *= roughness;
            x = x * 2.03f + 17.31f;
        }

        return sum / total;
    }

    /// <summary>Sharp peaks and smooth valleys, 0 to 1: each finer octave counts only where the coarser one stands high.</summary>
    public static float Craggy(uint key, float x, int octaves, float roughness)
    {
        float sum = 0, weight = 1, total = 0, height = 1;
        for (var i = 0; i < octaves; i++)
        {
            var noise = At(key + (uint)i * 7919, x);
            // Not quite 1 - |noise|: its cusps would stand on every crest like thorns.
            var peak = 1 - noise * noise / (Math.Abs(noise) + 0.06f + 0.03f * i);
            sum += peak * peak * weight * height;
            total += weight;
            height = Curve.Clamp01(peak * 1.3f);
            weight *= roughness;
            x = x * 2.07f + 9.17f;
        }

        return sum / total;
    }

    /// <summary>A fixed chance for each whole number, -1 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Point(uint key, int cell) => (Mix((uint)cell ^ key) >> 8) * (2f / (1 << 24)) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x85EBCA6B;
        value = (value ^ (value >> 13)) * 0xC2B2AE35;
        return value ^ (value >> 16);
    }
}
