using System.Buffers.Binary;

namespace Darkroom.Simulator.Paintings.Png;

/// <summary>
/// Random bytes, which do not compress, in a chunk that every reader skips. The case of the letters in the chunk's type marks the chunk
/// as ancillary, private and safe to copy.
/// </summary>
internal static class Padding
{
    const int LongestChunk = 1 << 30;

    /// <summary>Writes <paramref name="length"/> bytes including the overhead of the chunks, at least 12; none for 0 or less.</summary>
    public static void Write(ChunkWriter chunks, long length)
    {
        var random = 0x2545F4914F6CDD1Dul;
        Span<byte> block = stackalloc byte[4096];
        while (length > 0)
        {
            var data = (int)Math.Clamp(length - ChunkWriter.Overhead, 0, LongestChunk);
            length -= data + ChunkWriter.Overhead;
            chunks.Begin("paDd"u8, data);
            while (data > 0)
            {
                var part = block[..Math.Min(data, block.Length)];
                for (var i = 0; i < block.Length; i += 8)
                {
                    random ^= random << 13;
                    random ^= random >> 7;
                    random ^= random << 17;
                    BinaryPrimitives.WriteUInt64LittleEndian(block[i..], random);
                }

                chunks.Continue(part);
                data -= part.Length;
            }

            chunks.End();
        }
    }
}
