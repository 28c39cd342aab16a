using System.Buffers.Binary;
using System.IO.Compression;
using Darkroom.Simulator.Paintings;
using SkiaSharp;

namespace Darkroom.Simulator.Tests.Paintings;

public sealed class PictureForgeryTests
{
    [Fact]
    public void PngBomb_LargeSize_IsASmallFileThatDeclaresTheSize()
    {
        var bomb = PngBomb(60_000, 60_000);

        Assert.InRange(bomb.Length, 100, 64 * 1024);
        using var stream = new MemoryStream(bomb);
        using var codec = SKCodec.Create(stream)!;
        Assert.Equal((60_000, 60_000), (codec.Info.Width, codec.Info.Height));
        using var data = new MemoryStream([.. Chunks(bomb).Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Data)]);
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
            zlib.CopyTo(inflated);
        Assert.True(inflated.Length > 100 * bomb.Length);
    }

    [Fact]
    public void PngBomb_SmallSize_IsABlackPicture()
    {
        var picture = Pixels.In(PngBomb(100, 50));

        Assert.Equal((100, 50), (picture.Width, picture.Height));
        Assert.All(picture.Colours, colour => Assert.Equal(SKColors.Black, colour));
    }

    private static byte[] PngBomb(int width, int height)
    {
        using var stream = new MemoryStream();
        PictureForgery.PngBomb(stream, width, height);
        return stream.ToArray();
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
    }
}
