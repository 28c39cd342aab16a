using Darkroom.Simulator.Paintings.Png;
using Darkroom.Simulator.Paintings.Scenery;
using SkiaSharp;

namespace Darkroom.Simulator.Paintings;

/// <summary>
/// A landscape that follows from its four values and nothing else: on one machine, equal paintings give equal files. While it is written it
/// takes four bytes of memory for a pixel and up to two thirds as much again for what water mirrors: 420 MB at its largest.
/// </summary>
public sealed record Painting(string Prompt, int Seed, int Width, int Height)
{
    /// <summary>The longest side a painting may have.</summary>
    public const int LargestSide = 8192;

    private const int JpegQuality = 85;

    // The fastest that makes a small file: the sky changes little from one pixel to the next.
    private static readonly SKPngEncoderOptions FastPng = new(SKPngEncoderFilterFlags.Sub, zLibLevel: 1);

    /// <summary>What it shows.</summary>
    public string Prompt { get; init; } = Prompt ?? throw new ArgumentNullException(nameof(Prompt));

    /// <summary>The width in pixels.</summary>
    public int Width { get; init => field = CheckedSide(value, nameof(Width)); } = CheckedSide(Width, nameof(Width));

    /// <summary>The height in pixels.</summary>
    public int Height { get; init => field = CheckedSide(value, nameof(Height)); } = CheckedSide(Height, nameof(Height));

    /// <summary>Writes it as PNG.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="padToBytes">
    /// The size the file is filled up to, or 0 for none. The file then has exactly that many bytes, unless the picture alone comes
    /// within twelve bytes of it or beyond: twelve is the least that a filling takes.
    /// </param>
    public void WritePng(Stream destination, long padToBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var png = Encode(pixels => pixels.Encode(FastPng));
        LabelledPng.Write(png.AsSpan(), Prompt, padToBytes, destination);
    }

    /// <summary>Writes it as JPEG.</summary>
    public void WriteJpeg(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var jpeg = Encode(pixels => pixels.Encode(new SKJpegEncoderOptions(JpegQuality)));
        destination.Write(jpeg.AsSpan());
    }

    private SKData Encode(Func<SKPixmap, SKData?> encode)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException($"There is no memory for a picture of {Width}x{Height}.");
        Landscape.Paint(surface, this);
        using var pixels = surface.PeekPixels()!;
        return encode(pixels) ?? throw new InvalidOperationException($"A picture of {Width}x{Height} could not be encoded.");
    }

    private static int CheckedSide(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestSide, name);
        return value;
    }
}
