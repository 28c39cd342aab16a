using Darkroom.ModelScope.Pictures;
using SkiaSharp;

namespace Darkroom.Jobs.Thumbnails;

/// <summary>
/// How a picture is decoded for its thumbnail, and how much memory that takes: a pure function of its header and its markers.
/// </summary>
public abstract record DecodePlan
{
    /// <summary>The longest side of a thumbnail.</summary>
    public const int LongestSide = 512;

    /// <summary>The most memory that a thumbnail may take: the encoded picture, the decoder and all pixel buffers together.</summary>
    public const long MaxBytes = 64 << 20;

    /// <summary>The most pixels of a picture. The limit bounds the time that a decoder needs.</summary>
    public const long MaxPixels = 64_000_000;

    private const int BytesPerPixel = 4;

    // Each strip is a new decode, so a picture with many strips takes too long.
    private const int MaxStrips = 8;

    // The pixels of the thumbnail (before and after it is turned, and the encoder's copy), and what the encoder needs.
    private const long ForThumbnail = 4 * BytesPerPixel * LongestSide * LongestSide;

    private DecodePlan()
    {
    }

    /// <summary>The plan for a picture.</summary>
    /// <param name="header">Its format and size.</param>
    /// <param name="encoded">The whole file.</param>
    public static DecodePlan For(PictureHeader header, ReadOnlySpan<byte> encoded)
    {
        if (header.Pixels > MaxPixels)
            return new Refused($"The picture has {header.Width}x{header.Height} pixels; thumbnails are made up to {MaxPixels} pixels.");

        var scale = ScaleOf(header);
        var (width, height) = ((long)Math.Ceiling(header.Width * scale), (long)Math.Ceiling(header.Height * scale));
        var needs = DecoderMemory.Of(header, encoded);
        var rest = MaxBytes - ForThumbnail - encoded.Length - needs.Bytes;
        var perRow = (width * BytesPerPixel) + needs.BytesPerRow;
        var rows = Math.Min(height, rest / perRow);
        if (rest < perRow || (header.Format == PictureFormat.Png ? (height + rows - 1) / rows > MaxStrips : rows < height))
            return new Refused($"Decoding the picture takes more than {MaxBytes >> 20} MiB of memory.");
        return new Decode(scale, (int)rows, ThumbnailOf(header), MaxBytes - rest + (rows * perRow));
    }

    // Two pixels of the decoded picture for each of the thumbnail are enough for a good average. JPEG decoders scale in steps of an eighth,
    // and do so without loss of sharpness.
    private static float ScaleOf(PictureHeader header)
    {
        var longest = Math.Max(header.Width, header.Height);
        return header.Format switch
        {
            PictureFormat.Jpeg => Math.Min(8, (8 * LongestSide + longest - 1) / longest) / 8f,
            PictureFormat.WebP => Math.Min(1, 2f * LongestSide / longest),
            _ => 1,
        };
    }

    private static SKSizeI ThumbnailOf(PictureHeader header)
    {
        var shrink = Math.Min(1, (double)LongestSide / Math.Max(header.Width, header.Height));
        return new SKSizeI(Side(header.Width), Side(header.Height));

        int Side(int side) => Math.Max(1, (int)Math.Round(side * shrink));
    }

    /// <summary>The picture can be decoded within the limits.</summary>
    /// <param name="Scale">The scale at which the decoder decodes.</param>
    /// <param name="StripRows">How many rows are decoded at once.</param>
    /// <param name="Thumbnail">The size of the thumbnail, before it is turned.</param>
    /// <param name="Bytes">The memory that is needed.</param>
    public sealed record Decode(float Scale, int StripRows, SKSizeI Thumbnail, long Bytes) : DecodePlan;

    /// <summary>The picture cannot be decoded within the limits.</summary>
    public sealed record Refused(string Reason) : DecodePlan;
}
