using Darkroom.ModelScope.Pictures;
using SkiaSharp;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// Converts a picture to another format. A decoded picture takes four bytes a pixel, so only one is decoded at a time.
/// </summary>
public sealed class PictureConversion : IDisposable
{
    // output_compression has 100 as its only allowed value, and 100 is the best quality.
    private const int Quality = 100;

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Converts a picture.</summary>
    /// <exception cref="InvalidDataException">The picture cannot be decoded.</exception>
    public async Task<Stream> ConvertAsync(Stream picture, PictureFormat wanted, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Convert(picture, wanted), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static Stream Convert(Stream picture, PictureFormat wanted)
    {
        using var bytes = SKData.Create(picture);
        using var decoded = SKBitmap.Decode(bytes) ?? throw new InvalidDataException("The stored picture cannot be decoded.");
        using var opaque = wanted == PictureFormat.Jpeg && decoded.AlphaType != SKAlphaType.Opaque ? OnWhite(decoded) : null;
        var format = wanted switch
        {
            PictureFormat.Jpeg => SKEncodedImageFormat.Jpeg,
            PictureFormat.WebP => SKEncodedImageFormat.Webp,
            _ => SKEncodedImageFormat.Png,
        };
        var encoded = (opaque ?? decoded).Encode(format, Quality)
            ?? throw new InvalidDataException($"The stored picture cannot be written as {format}.");
        return encoded.AsStream(streamDisposesData: true);
    }

    // JPEG has no transparency; without a background transparent parts would become black.
    private static SKBitmap OnWhite(SKBitmap picture)
    {
        var opaque = new SKBitmap(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(opaque);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(picture, 0, 0, SKSamplingOptions.Default);
        return opaque;
    }
}
