namespace Darkroom.Simulator.Paintings.Jpeg;

/// <summary>
/// The forward cosine transform after Arai, Agui and Nakajima: five multiplications for eight values, at the price of results
/// that are too large by known factors. Those are paid for in the quantisation, which multiplies anyway.
/// </summary>
static class CosineTransform
{
    static ReadOnlySpan<float> Excess => [1, 1.387039845f, 1.306562965f, 1.175875602f, 1, 0.785694958f, 0.541196100f, 0.275899379f];

    /// <summary>How many times too large the coefficient at a row and column comes out.</summary>
    public static float ExcessAt(int row, int column) => Excess[row] * Excess[column] * 8;

    public static void Forward(Span<float> block)
    {
        for (var row = 0; row < 64; row += 8)
            Transform(block[row..], 1);
        for (var column = 0; column < 8; column++)
            Transform(block[column..], 8);
    }

    static void Transform(Span<float> values, int stride)
    {
        // One check here instead of sixteen below.
        _ = values[7 * stride];
        var (sum07, difference07) = Butterfly(values[0], values[7 * stride]);
        var (sum16, difference16) = Butterfly(values[stride], values[6 * stride]);
        var (sum25, difference25) = Butterfly(values[2 * stride], values[5 * stride]);
        var (sum34, difference34) = Butterfly(values[3 * stride], values[4 * stride]);

        var (even0, even3) = Butterfly(sum07, sum34);
        var (even1, even2) = Butterfly(sum16, sum25);
        var rotated = (even2 + even3) * 0.707106781f;
        (values[0], values[4 * stride]) = Butterfly(even0, even1);
        (values[2 * stride], values[6 * stride]) = Butterfly(even3, rotated);

        var odd0 = difference34 + difference25;
        var odd1 = difference25 + difference16;
        var odd2 = difference16 + difference07;
        var shared = (odd0 - odd2) * 0.382683433f;
        var low = 0.541196100f * odd0 + shared;
        var high = 1.306562965f * odd2 + shared;
        var (outer, inner) = Butterfly(difference07, odd1 * 0.707106781f);
        (values[5 * stride], values[3 * stride]) = Butterfly(inner, low);
        (values[stride], values[7 * stride]) = Butterfly(outer, high);
    }

    static (float Sum, float Difference) Butterfly(float first, float second) => (first + second, first - second);
}
