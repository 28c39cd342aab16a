using Darkroom.ModelScope.Pictures;
using SkiaSharp;

namespace Darkroom.Jobs.Thumbnails;

/// <summary>
/// Makes the thumbnail of an encoded picture: a pure function of its bytes. The bytes are untrusted. They are checked against
/// <see cref="DecodePlan"/> before a decoder allocates anything for their pixels, and every failure is an answer, never an exception.
/// </summary>
public static class ThumbnailMaker
{
    private const string Undecodable = "The picture cannot be decoded.";

    private static readonly SKWebpEncoderOptions WebP = new(SKWebpEncoderCompression.Lossy, quality: 80);

    /// <summary>Makes the thumbnail. It is never larger than the picture and has the orientation that viewers show.</summary>
    /// <param name="picture">The encoded picture.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns><see cref="ThumbnailAnswer.Found"/> or <see cref="ThumbnailAnswer.None"/>.</returns>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static ThumbnailAnswer Make(SKData picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (HeaderReader.Read(picture.AsSpan(), out var header) != HeaderVerdict.Found)
            return new ThumbnailAnswer.None(Undecodable);
        return DecodePlan.For(header, picture.AsSpan()) switch
        {
            DecodePlan.Decode plan => Make(picture, header, plan, cancellation),
            DecodePlan.Refused refused => new ThumbnailAnswer.None(refused.Reason),
            _ => new ThumbnailAnswer.None(Undecodable),
        };
    }

    private static ThumbnailAnswer Make(SKData picture, PictureHeader header, DecodePlan.Decode plan, CancellationToken cancellation)
    {
        try
        {
            using var bare = PngExtras.Without(picture.AsSpan());
            using var codec = SKCodec.Create(bare ?? picture);
            // The plan is for the header that was checked. A decoder that sees another size would allocate another amount of memory.
            if (codec is null || codec.Info.Width != header.Width || codec.Info.Height != header.Height)
                return new ThumbnailAnswer.None(Undecodable);
            var decoded = codec.GetScaledDimensions(plan.Scale);
            var reducer = new AreaReducer(decoded, plan.Thumbnail);
            if (!TryDecode(codec, decoded, plan.StripRows, reducer, cancellation))
                return new ThumbnailAnswer.None(Undecodable);
            var (pixels, size) = Orientation.Apply(reducer.Pixels, plan.Thumbnail, codec.EncodedOrigin);
            return new ThumbnailAnswer.Found(Encode(pixels, size, codec.Info.IsOpaque));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // For example, memory for the pixels could not be allocated.
            return new ThumbnailAnswer.None(Undecodable);
        }
    }

    // A picture that is decoded in one piece has one strip. Only a decoder that can decode some rows has several: each strip is a new
    // decode, which skips the rows before it.
    private static bool TryDecode(SKCodec codec, SKSizeI size, int stripRows, AreaReducer reducer, CancellationToken cancellation)
    {
        using var srgb = SKColorSpace.CreateSrgb();
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, srgb);
        using var strip = new SKBitmap(info.WithSize(size.Width, Math.Min(stripRows, size.Height)));
        for (var top = 0; top < size.Height; top += stripRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(stripRows, size.Height - top);
            if (Decode(codec, info, strip, top, rows) != SKCodecResult.Success)
                return false;
            for (var row = 0; row < rows; row++)
                reducer.Add(strip.GetPixelSpan().Slice(row * strip.RowBytes, info.RowBytes));
        }

        return true;
    }

    private static SKCodecResult Decode(SKCodec codec, SKImageInfo info, SKBitmap strip, int top, int rows)
    {
        if (rows == info.Height)
            return codec.GetPixels(info, strip.GetPixels());
        var part = new SKCodecOptions(new SKRectI(0, top, info.Width, top + rows));
        var begun = codec.StartIncrementalDecode(info, strip.GetPixels(), strip.RowBytes, part);
        return begun == SKCodecResult.Success ? codec.IncrementalDecode(out _) : begun;
    }

    private static BinaryData Encode(byte[] pixels, SKSizeI size, bool isOpaque)
    {
        // Without a colour space, the file has no colour profile, and viewers take its colours as sRGB.
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul);
        using var image = SKImage.FromPixelCopy(info, pixels);
        using var shown = image.PeekPixels();
        using var file = shown?.Encode(WebP) ?? throw new InvalidOperationException("The thumbnail could not be encoded.");
        return BinaryData.FromBytes(file.ToArray());
    }
}
