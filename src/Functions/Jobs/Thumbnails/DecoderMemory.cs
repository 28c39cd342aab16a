using System.Buffers.Binary;
using Darkroom.ModelScope.Pictures;

namespace Darkroom.Jobs.Thumbnails;

/// <summary>
/// How much memory a decoder allocates for itself, beside the pixels that it returns. Some kinds of files must be in memory as a whole
/// before the first row is known, even if the decoder scales.
/// </summary>
/// <param name="Bytes">What it allocates once.</param>
/// <param name="BytesPerRow">What it allocates in addition for each row that is decoded at once.</param>
public readonly record struct DecoderMemory(long Bytes, long BytesPerRow)
{
    // The rows that every decoder keeps, and what the average of a row needs. A JPEG decoder keeps up to 32 rows of each component.
    private const int RowsBytes = 256;

    private const int InterlaceMethodAt = 28;
    private const int CoefficientBytes = 2;
    private const int WebPPixelBytes = 4;

    // The frame, and its copy for the colour conversion.
    private const int GifPixelBytes = 8;
    private const int PngPixelBytes = 8;

    /// <summary>Reads the markers of a file that decide it.</summary>
    public static DecoderMemory Of(PictureHeader header, ReadOnlySpan<byte> encoded)
    {
        var rows = (long)RowsBytes * header.Width;
        return header.Format switch
        {
            PictureFormat.Png => new(rows, IsInterlaced(encoded) ? (long)PngPixelBytes * header.Width : 0),
            PictureFormat.Jpeg when CoefficientsOf(encoded) is var kept and > 0 => new(rows + (kept * CoefficientBytes * header.Pixels), 0),
            PictureFormat.Jpeg => new(rows, 0),
            PictureFormat.WebP => new(rows + (IsLossy(encoded) ? 0 : WebPPixelBytes * header.Pixels), 0),
            _ => new(rows + (GifPixelBytes * header.Pixels), 0),
        };
    }

    private static bool IsInterlaced(ReadOnlySpan<byte> png) => png.Length <= InterlaceMethodAt || png[InterlaceMethodAt] != 0;

    // Only a simple lossy file is decoded row by row. The other kinds contain lossless pixels, or may contain them.
    private static bool IsLossy(ReadOnlySpan<byte> webP) => webP.Length > 16 && webP[12..16].SequenceEqual("VP8 "u8);

    // The coefficients of each pixel that must be kept until the last scan: none if the first scan has all components. Progressive files,
    // and files with a scan for each component, have several scans.
    private static int CoefficientsOf(ReadOnlySpan<byte> jpeg)
    {
        var components = 0;
        for (var at = 2; at + 4 < jpeg.Length && jpeg[at] == 0xFF;)
        {
            var marker = jpeg[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                components = at + 9 < jpeg.Length ? jpeg[at + 9] : byte.MaxValue;
                // Only these two kinds of frames are sequential.
                if (marker is not (0xC0 or 0xC1))
                    return components;
            }

            if (marker == 0xDA)
                return jpeg[at + 4] < components ? components : 0;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        return Math.Max(components, 1);
    }
}
