using SkiaSharp;

namespace Darkroom.Simulator.Tests.Paintings;

/// <summary>The pixels of a file, read by a decoder that is independent of the simulator.</summary>
internal sealed record Pixels(SKEncodedImageFormat Format, int Width, int Height, SKColor[] Colours)
{
    public static Pixels In(byte[] file)
    {
        using var stream = new MemoryStream(file);
        using var codec = SKCodec.Create(stream)!;
        using var bitmap = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888));
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels()));
        return new Pixels(codec.EncodedFormat, bitmap.Width, bitmap.Height, bitmap.Pixels);
    }

    public double Average(Func<SKColor, double> value) => Colours.Average(value);

    /// <summary>The average difference of the three channels: 0 for equal pictures, 255 between black and white.</summary>
    public double DistanceTo(Pixels other) => Colours.Zip(other.Colours, (mine, theirs) =>
        (Math.Abs(mine.Red - theirs.Red) + Math.Abs(mine.Green - theirs.Green) + Math.Abs(mine.Blue - theirs.Blue)) / 3d).Average();
}
