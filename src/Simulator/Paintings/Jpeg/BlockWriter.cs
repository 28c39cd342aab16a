using System.Numerics;

namespace Darkroom.Simulator.Paintings.Jpeg;

/// <summary>Writes the blocks of one component: transform, quantise, and code as runs of zeros and what follows them.</summary>
sealed class BlockWriter
{
    const int EndOfBlock = 0x00;
    const int SixteenZeros = 0xF0;

    readonly BitWriter bits;
    readonly HuffmanTable dc;
    readonly HuffmanTable ac;
    readonly float[] block = new float[64];
    readonly float[] scales = new float[64];
    readonly int[] coefficients = new int[64];
    int previousDc;

    public BlockWriter(BitWriter bits, QuantisationTable quantisation, HuffmanTable dc, HuffmanTable ac)
    {
        (this.bits, this.dc, this.ac) = (bits, dc, ac);
        for (var i = 0; i < scales.Length; i++)
            scales[i] = 1 / (quantisation.Steps[i] * CosineTransform.ExcessAt(i / 8, i % 8));
    }

    public void Write(Plane plane, int x, int y)
    {
        for (var row = 0; row < 8; row++)
            plane.Row(y + row).Slice(x, 8).CopyTo(block.AsSpan(row * 8));
        CosineTransform.Forward(block);

        var order = ZigZag.Order;
        for (var i = 0; i < coefficients.Length; i++)
        {
            // Rounding by a cast, which cuts towards zero; the detour over positive numbers makes it round to the nearest.
            var at = order[i];
            coefficients[i] = (int)(block[at] * scales[at] + 16384.5f) - 16384;
        }

        var change = coefficients[0] - previousDc;
        previousDc = coefficients[0];
        WriteNumber(dc, 0, change);
        WriteAc();
    }

    void WriteAc()
    {
        var zeros = 0;
        for (var i = 1; i < coefficients.Length; i++)
        {
            if (coefficients[i] == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
                bits.Write(ac.Code(SixteenZeros), ac.Length(SixteenZeros));
            WriteNumber(ac, zeros, coefficients[i]);
            zeros = 0;
        }

        if (zeros > 0)
            bits.Write(ac.Code(EndOfBlock), ac.Length(EndOfBlock));
    }

    /// <summary>
    /// A code for the number of zeros before and of bits in the number, then those bits; a negative number's in one's complement.
    /// </summary>
    void WriteNumber(HuffmanTable table, int zeros, int number)
    {
        var size = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(number));
        var symbol = (zeros << 4) | size;
        var magnitude = (uint)(number < 0 ? number - 1 : number) & ((1u << size) - 1);
        bits.Write((table.Code(symbol) << size) | magnitude, table.Length(symbol) + size);
    }
}
