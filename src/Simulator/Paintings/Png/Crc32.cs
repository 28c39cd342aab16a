using System.Buffers.Binary;

namespace Darkroom.Simulator.Paintings.Png;

/// <summary>The checksum after every PNG chunk, eight bytes at a time ("slicing by eight").</summary>
static class Crc32
{
    static readonly uint[] Table = BuildTable();

    /// <summary>What a running checksum starts from; <see cref="Finish"/> turns the last one into the value to write.</summary>
    public const uint Start = 0xFFFFFFFF;

    public static uint Add(uint running, ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        while (bytes.Length >= 8)
        {
            var low = running ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            running = table[(7 * 256) + (byte)low] ^ table[(6 * 256) + (byte)(low >> 8)]
                ^ table[(5 * 256) + (byte)(low >> 16)] ^ table[(4 * 256) + (byte)(low >> 24)]
                ^ table[(3 * 256) + (byte)high] ^ table[(2 * 256) + (byte)(high >> 8)]
                ^ table[256 + (byte)(high >> 16)] ^ table[(byte)(high >> 24)];
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
            running = table[(byte)(running ^ value)] ^ (running >> 8);
        return running;
    }

    public static uint Finish(uint running) => ~running;

    static uint[] BuildTable()
    {
        var table = new uint[8 * 256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++)
            table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        return table;
    }
}
