using SkiaSharp;

namespace Darkroom.Simulator.Tests.Paintings;

/// <summary>What a decoder that is not ours sees in a file.</summary>
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

    /// <summary>How far the three channels lie apart on average: 0 for equal pictures, 255 for black and white.</summary>
    public double DistanceTo(Pixels other) => Colours.Zip(other.Colours, (mine, theirs) =>
        (Math.Abs(mine.Red - theirs.Red) + Math.Abs(mine.Green - theirs.Green) + Math.Abs(mine.Blue - theirs.Blue)) / 3d).Average();
}
