using System.Buffers.Binary;

namespace Darkroom.Fuzz.Mutation;

/// <summary>Changes that know nothing of the format.</summary>
internal static class ByteChanges
{
    private const int LongestPiece = 64;

    private static readonly byte[] Interesting = [0, 1, 0x0A, 0x0D, 0x20, 0x22, 0x2C, 0x2F, 0x3A, 0x5C, 0x7F, 0x80, 0xBF, 0xFE, 0xFF];

    private static readonly long[] Limits =
    [
        0, 1, -1, 2, 16, 64, 127, 128, 255, 256, 4096, short.MaxValue, short.MinValue, ushort.MaxValue, 65_536, int.MaxValue, int.MinValue,
        uint.MaxValue, long.MaxValue, long.MinValue,
    ];

    public static byte[] FlipBit(byte[] input, Random random)
    {
        if (input.Length == 0)
            return [(byte)random.Next(256)];
        byte[] changed = [.. input];
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    public static byte[] SetByte(byte[] input, Random random)
    {
        if (input.Length == 0)
            return input;
        byte[] changed = [.. input];
        changed[random.Next(changed.Length)] = random.Next(2) == 0
            ? (byte)random.Next(256)
            : Interesting[random.Next(Interesting.Length)];
        return changed;
    }

    public static byte[] CutOff(byte[] input, Random random) => input[..random.Next(input.Length + 1)];

    public static byte[] Remove(byte[] input, Random random)
    {
        var (from, to) = PieceOf(input, random);
        return [.. input.AsSpan(0, from), .. input.AsSpan(to)];
    }

    public static byte[] Insert(byte[] input, Random random)
    {
        var piece = new byte[1 + random.Next(8)];
        random.NextBytes(piece);
        return Insert(input, piece, random);
    }

    /// <summary>Inserts a piece anywhere.</summary>
    public static byte[] Insert(byte[] input, ReadOnlySpan<byte> piece, Random random)
    {
        var at = random.Next(input.Length + 1);
        return [.. input.AsSpan(0, at), .. piece, .. input.AsSpan(at)];
    }

    public static byte[] Duplicate(byte[] input, Random random)
    {
        var (from, to) = PieceOf(input, random);
        return Insert(input, input.AsSpan(from, to - from), random);
    }

    /// <summary>The beginning of an input with the end of another one.</summary>
    public static byte[] Splice(byte[] input, byte[] other, Random random) =>
        [.. input.AsSpan(0, random.Next(input.Length + 1)), .. other.AsSpan(random.Next(other.Length + 1))];

    /// <summary>Writes a number at a limit of its type, in two, four or eight bytes of either order.</summary>
    public static byte[] SetNumber(byte[] input, Random random)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        var limit = Limits[random.Next(Limits.Length)] + random.Next(-1, 2);
        var width = 2 << random.Next(3);
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(number, limit);
        else
            BinaryPrimitives.WriteInt64BigEndian(number, limit << (64 - (8 * width)));
        if (input.Length < width)
            return [.. input, .. number[..width]];
        byte[] changed = [.. input];
        number[..width].CopyTo(changed.AsSpan(random.Next(changed.Length - width + 1)));
        return changed;
    }

    private static (int From, int To) PieceOf(byte[] input, Random random)
    {
        var from = random.Next(input.Length + 1);
        return (from, from + random.Next(Math.Min(LongestPiece, input.Length - from) + 1));
    }
}
