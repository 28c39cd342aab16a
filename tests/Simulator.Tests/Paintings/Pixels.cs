using Darkroom.Simulator.Paintings;

namespace Darkroom.Simulator.Tests.Paintings;

/// <summary>A whole picture in memory, three bytes to a pixel: what the tests compare.</summary>
sealed record Pixels(int Width, int Height, byte[] Rgb)
{
    public static Pixels Of(Painting painting)
    {
        var rgb = new byte[painting.Width * painting.Height * 3];
        var brush = painting.PickUpBrush();
        for (var y = 0; y < painting.Height; y++)
            brush.PaintRow(y, rgb.AsSpan(y * painting.Width * 3, painting.Width * 3));
        return new Pixels(painting.Width, painting.Height, rgb);
    }

    public double Average(Func<byte, byte, byte, double> measure)
    {
        var sum = 0d;
        for (var i = 0; i < Rgb.Length; i += 3)
            sum += measure(Rgb[i], Rgb[i + 1], Rgb[i + 2]);
        return sum * 3 / Rgb.Length;
    }

    /// <summary>The peak signal-to-noise ratio, in decibels: how alike two pictures are.</summary>
    public double LikenessTo(Pixels other)
    {
        Assert.Equal((Width, Height), (other.Width, other.Height));
        var squares = Rgb.Zip(other.Rgb, (a, b) => (double)((a - b) * (a - b))).Sum();
        return 10 * Math.Log10(255 * 255 * (double)Rgb.Length / Math.Max(squares, 1e-9));
    }
}
