namespace Darkroom.Simulator.Paintings.Jpeg;

/// <summary>How coarsely each coefficient is kept: the example tables of the standard (Annex K), scaled by quality.</summary>
sealed class QuantisationTable
{
    readonly byte[] steps = new byte[64];

    QuantisationTable(ReadOnlySpan<byte> standard, int quality)
    {
        // The scale of the Independent JPEG Group, which everybody means by "quality".
        var percent = quality < 50 ? 5000 / quality : 200 - quality * 2;
        for (var i = 0; i < steps.Length; i++)
            steps[i] = (byte)Math.Clamp((standard[i] * percent + 50) / 100, 1, 255);
    }

    /// <summary>Row by row.</summary>
    public ReadOnlySpan<byte> Steps => steps;

    public static QuantisationTable Luminance(int quality) => new(
        [
            16, 11, 10, 16, 24, 40, 51, 61,
            12, 12, 14, 19, 26, 58, 60, 55,
            14, 13, 16, 24, 40, 57, 69, 56,
            14, 17, 22, 29, 51, 87, 80, 62,
            18, 22, 37, 56, 68, 109, 103, 77,
            24, 35, 55, 64, 81, 104, 113, 92,
            49, 64, 78, 87, 103, 121, 120, 101,
            72, 92, 95, 98, 112, 100, 103, 99,
        ],
        quality);

    public static QuantisationTable Chrominance(int quality) => new(
        [
            17, 18, 24, 47, 99, 99, 99, 99,
            18, 21, 26, 66, 99, 99, 99, 99,
            24, 26, 56, 99, 99, 99, 99, 99,
            47, 66, 99, 99, 99, 99, 99, 99,
            99, 99, 99, 99, 99, 99, 99, 99,
            99, 99, 99, 99, 99, 99, 99, 99,
            99, 99, 99, 99, 99, 99, 99, 99,
            99, 99, 99, 99, 99, 99, 99, 99,
        ],
        quality);
}
