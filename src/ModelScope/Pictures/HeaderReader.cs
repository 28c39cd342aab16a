using System.Buffers.Binary;

namespace Darkroom.ModelScope.Pictures;

/// <summary>
/// Reads format and size from the first bytes of a picture. It is written by hand because imaging libraries need the whole picture as a
/// seekable stream. This reader works on a growing prefix of a stream and on untrusted bytes.
/// </summary>
public static class HeaderReader
{
    /// <summary>The maximum length of a prefix. A JPEG may have large metadata segments before its size.</summary>
    public const int LongestPrefix = 1 << 20;

    /// <summary>Tries to read format and size from <paramref name="prefix"/>.</summary>
    public static HeaderVerdict Read(ReadOnlySpan<byte> prefix, out PictureHeader header)
    {
        header = default;
        if (Starts(prefix, 8, PngSignature, out var match))
            return match ? Png(prefix, out header) : HeaderVerdict.NeedsMore;
        if (Starts(prefix, 3, JpegSignature, out match))
            return match ? JpegHeader.Read(prefix, out header) : HeaderVerdict.NeedsMore;
        if (Starts(prefix, 4, "RIFF"u8, out match))
            return match ? WebPHeader.Read(prefix, out header) : HeaderVerdict.NeedsMore;
        if (Starts(prefix, 4, "GIF8"u8, out match))
            return match ? Gif(prefix, out header) : HeaderVerdict.NeedsMore;
        return HeaderVerdict.NotAPicture;
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegSignature => [0xFF, 0xD8, 0xFF];

    internal static HeaderVerdict Found(PictureFormat format, long width, long height, out PictureHeader header)
    {
        header = default;
        if (width is < 1 or > int.MaxValue || height is < 1 or > int.MaxValue)
            return HeaderVerdict.NotAPicture;

        header = new PictureHeader(format, (int)width, (int)height);
        return HeaderVerdict.Found;
    }

    // Returns true if the prefix begins with the signature (match is true) or is too short but can still become it (match is false).
    private static bool Starts(ReadOnlySpan<byte> prefix, int length, ReadOnlySpan<byte> signature, out bool match)
    {
        match = prefix.Length >= length && prefix.StartsWith(signature);
        return match || (prefix.Length < length && signature.StartsWith(prefix));
    }

    private static HeaderVerdict Png(ReadOnlySpan<byte> prefix, out PictureHeader header)
    {
        header = default;
        if (prefix.Length < 24)
            return HeaderVerdict.NeedsMore;
        if (!prefix[12..16].SequenceEqual("IHDR"u8))
            return HeaderVerdict.NotAPicture;

        return Found(
            PictureFormat.Png,
            BinaryPrimitives.ReadUInt32BigEndian(prefix[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(prefix[20..]),
            out header);
    }

    private static HeaderVerdict Gif(ReadOnlySpan<byte> prefix, out PictureHeader header)
    {
        header = default;
        if (prefix.Length < 10)
            return HeaderVerdict.NeedsMore;

        return Found(
            PictureFormat.Gif,
            BinaryPrimitives.ReadUInt16LittleEndian(prefix[6..]),
            BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]),
            out header);
    }
}
