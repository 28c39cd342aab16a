using System.Buffers.Binary;

namespace Darkroom.ModelScope.Pictures;

/// <summary>Reads the size of the three kinds of WebP files: lossy, lossless and extended.</summary>
internal static class WebPHeader
{
    private const int Enough = 30;

    public static HeaderVerdict Read(ReadOnlySpan<byte> prefix, out PictureHeader header)
    {
        header = default;
        if (prefix.Length < 16)
            return HeaderVerdict.NeedsMore;
        if (!prefix[8..12].SequenceEqual("WEBP"u8))
            return HeaderVerdict.NotAPicture;
        if (prefix.Length < Enough)
            return HeaderVerdict.NeedsMore;

        var chunk = prefix[12..16];
        if (chunk.SequenceEqual("VP8X"u8))
            return HeaderReader.Found(PictureFormat.WebP, 1 + UInt24(prefix[24..]), 1 + UInt24(prefix[27..]), out header);
        if (chunk.SequenceEqual("VP8L"u8) && prefix[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(prefix[21..]);
            return HeaderReader.Found(PictureFormat.WebP, 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF), out header);
        }

        if (chunk.SequenceEqual("VP8 "u8) && prefix[23..26].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
        {
            var width = BinaryPrimitives.ReadUInt16LittleEndian(prefix[26..]) & 0x3FFF;
            var height = BinaryPrimitives.ReadUInt16LittleEndian(prefix[28..]) & 0x3FFF;
            return HeaderReader.Found(PictureFormat.WebP, width, height, out header);
        }

        return HeaderVerdict.NotAPicture;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
