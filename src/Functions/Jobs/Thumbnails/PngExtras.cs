using System.Buffers.Binary;
using SkiaSharp;

namespace Darkroom.Jobs.Thumbnails;

/// <summary>
/// Leaves out the large parts of a PNG that are not needed for its pixels. The decoder collects a part that it skips in a buffer, which it
/// copies again with every few kilobytes: a part of 50 MB takes it minutes.
/// </summary>
internal static class PngExtras
{
    // Colour profiles and other parts that a decoder needs are smaller.
    private const int Largest = 1 << 20;

    // The length, the name and the checksum of a part.
    private const int Frame = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The picture without large extras; null if it has none, or if it is no PNG.</summary>
    public static SKData? Without(ReadOnlySpan<byte> picture)
    {
        if (!picture.StartsWith(Signature))
            return null;
        var kept = new List<Range> { ..Signature.Length };
        var at = Signature.Length;
        var hasExtras = false;
        while (at < picture.Length)
        {
            var length = LengthOf(picture[at..]);
            if (length is { } data && data > Largest && !IsPixels(picture[at..]))
                hasExtras = true;
            else
                kept.Add(at..(at + (length + Frame ?? picture.Length - at)));
            at += length + Frame ?? picture.Length - at;
        }

        return hasExtras ? Join(picture, kept) : null;
    }

    // Null if the part does not end inside the picture. The decoder judges the rest.
    private static int? LengthOf(ReadOnlySpan<byte> part) =>
        part.Length >= Frame && BinaryPrimitives.ReadUInt32BigEndian(part) is var length && length <= part.Length - Frame
            ? (int)length
            : null;

    private static bool IsPixels(ReadOnlySpan<byte> part) => part[4..8].SequenceEqual("IDAT"u8);

    private static SKData Join(ReadOnlySpan<byte> picture, List<Range> kept)
    {
        var whole = new byte[kept.Sum(range => range.End.Value - range.Start.Value)];
        var written = 0;
        foreach (var range in kept)
        {
            picture[range].CopyTo(whole.AsSpan(written));
            written += range.End.Value - range.Start.Value;
        }

        return SKData.CreateCopy(whole);
    }
}
