using System.Buffers.Binary;
using System.IO.Compression;

namespace Darkroom.Simulator.Tests.Paintings;

/// <summary>A PNG decoder from the specification, sharing nothing with the encoder. It accepts only what is right in every byte.</summary>
sealed class PngReader
{
    PngReader(IReadOnlyList<(string Type, byte[] Data)> chunks) => Chunks = chunks;

    public IReadOnlyList<(string Type, byte[] Data)> Chunks { get; }

    public static PngReader Read(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new List<(string, byte[])>();
        var at = 8;
        while (at < file.Length)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            var checksum = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length));
            Assert.Equal(Checksum(file.AsSpan(at + 4, length + 4)), checksum);
            chunks.Add((System.Text.Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return new PngReader(chunks);
    }

    public (int Width, int Height) Size()
    {
        var header = Chunks[0].Data;
        return (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
    }

    public byte[] InflatedData()
    {
        using var compressed = new MemoryStream([.. Chunks.Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Data)]);
        using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }

    public Pixels Decode()
    {
        var (width, height) = Size();
        var data = InflatedData();
        var stride = width * 3;
        Assert.Equal((stride + 1) * height, data.Length);

        var rgb = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            var filter = data[y * (stride + 1)];
            for (var i = 0; i < stride; i++)
            {
                int left = i < 3 ? 0 : rgb[y * stride + i - 3];
                int up = y == 0 ? 0 : rgb[(y - 1) * stride + i];
                int upLeft = i < 3 || y == 0 ? 0 : rgb[(y - 1) * stride + i - 3];
                var predicted = filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, upLeft),
                    _ => throw new InvalidDataException($"Filter {filter} does not exist."),
                };
                rgb[y * stride + i] = (byte)(data[y * (stride + 1) + 1 + i] + predicted);
            }
        }

        return new Pixels(width, height, rgb);
    }

    static int Paeth(int left, int up, int upLeft)
    {
        var (toLeft, toUp, toUpLeft) = (Math.Abs(up - upLeft), Math.Abs(left - upLeft), Math.Abs(left + up - 2 * upLeft));
        return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    }

    /// <summary>CRC-32 bit by bit, as the specification writes it down.</summary>
    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var register = 0xFFFFFFFF;
        foreach (var value in bytes)
        {
            register ^= value;
            for (var bit = 0; bit < 8; bit++)
                register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ 0xEDB88320;
        }

        return ~register;
    }
}
