using Darkroom.Simulator.Paintings.Png;
using Darkroom.Simulator.Paintings.Scenery;
using SkiaSharp;

namespace Darkroom.Simulator.Paintings;

/// <summary>
/// A landscape that is determined by its four values: on one machine, equal paintings give equal files. Writing it takes four bytes of
/// memory per pixel, and up to two thirds more for the reflection in water: about 420 MiB at the largest size.
/// </summary>
public sealed record Painting(string Prompt, int Seed, int Width, int Height)
{
    /// <summary>The longest side a painting may have.</summary>
    public const int LargestSide = 8192;

    private const int JpegQuality = 85;

    // The fastest settings that still give a small file. The Sub filter is enough, because neighbouring pixels of the sky are similar.
    private static readonly SKPngEncoderOptions FastPng = new(SKPngEncoderFilterFlags.Sub, zLibLevel: 1);

    /// <summary>The text that decides what the picture shows.</summary>
    public string Prompt { get; init; } = Prompt ?? throw new ArgumentNullException(nameof(Prompt));

    /// <summary>The width in pixels.</summary>
    public int Width { get; init => field = CheckedSide(value, nameof(Width)); } = CheckedSide(Width, nameof(Width));

    /// <summary>The height in pixels.</summary>
    public int Height { get; init => field = CheckedSide(value, nameof(Height)); } = CheckedSide(Height, nameof(Height));

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="destination">The stream to write to.</param>
    /// <param name="padToBytes">
    /// The file size to reach by padding, or 0 for no padding. The file has exactly this size, unless the picture alone is larger or
    /// leaves fewer than 12 bytes, the size of an empty chunk. In that case the file is larger.
    /// </param>
    public void WritePng(Stream destination, long padToBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var png = Encode(pixels => pixels.Encode(FastPng));
        LabelledPng.Write(png.AsSpan(), Prompt, padToBytes, destination);
    }

    /// <summary>Writes the picture as JPEG.</summary>
    public void WriteJpeg(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var jpeg = Encode(pixels => pixels.Encode(new SKJpegEncoderOptions(JpegQuality)));
        destination.Write(jpeg.AsSpan());
    }

    private SKData Encode(Func<SKPixmap, SKData?> encode)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException($"Not enough memory for a picture of {Width}x{Height} pixels. Use a smaller size.");
        Landscape.Paint(surface, this);
        using var pixels = surface.PeekPixels()!;
        return encode(pixels) ?? throw new InvalidOperationException($"The encoder failed for a picture of {Width}x{Height} pixels.");
    }

    private static int CheckedSide(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestSide, name);
        return value;
    }
}
