using Darkroom.Simulator.Paintings;
using Darkroom.Simulator.Paintings.Scenery;
using SkiaSharp;

namespace Darkroom.Simulator.Tests.Paintings;

public sealed class PaintingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(2, 1)]
    [InlineData(17, 9)]
    [InlineData(64, 64)]
    [InlineData(801, 600)]
    [InlineData(1440, 1440)]
    [InlineData(8192, 3)]
    [InlineData(3, 8192)]
    public void Write_AnySize_GivesThatFormatAndSize(int width, int height)
    {
        foreach (var prompt in new[] { "", "cat, boat, bird, snow, fire, blossom, sea", "forest at night" })
        {
            var painting = new Painting(prompt, int.MinValue, width, height);
            var (png, jpeg) = (Pixels.In(Png(painting)), Pixels.In(Jpeg(painting)));

            Assert.Equal((SKEncodedImageFormat.Png, width, height), (png.Format, png.Width, png.Height));
            Assert.Equal((SKEncodedImageFormat.Jpeg, width, height), (jpeg.Format, jpeg.Width, jpeg.Height));
        }
    }

    [Fact]
    public void Write_EqualPaintingsAtOnce_GivesEqualBytes()
    {
        var files = Enumerable.Range(0, 64).AsParallel().AsOrdered().WithDegreeOfParallelism(8)
            .Select(i => new Painting("a lake with birds, 湖", i / 8, 90, 60))
            .Select(painting => (painting.Seed, File: Convert.ToHexString(Png(painting)) + Convert.ToHexString(Jpeg(painting))));

        Assert.All(files.GroupBy(file => file.Seed), sameSeed => Assert.Single(sameSeed.DistinctBy(file => file.File)));
    }

    [Fact]
    public void Write_AnotherSeedOrPrompt_GivesADifferentPicture()
    {
        var pictures = Enumerable.Range(0, 8)
            .SelectMany(i => new[] { new Painting("mountains", i, 64, 64), new Painting($"mountains {i}", 0, 64, 64) })
            .Select(painting => Pixels.In(Png(painting)))
            .ToList();

        for (var i = 0; i < pictures.Count; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.True(pictures[i].DistanceTo(pictures[j]) > 5, $"The pictures {i} and {j} are too similar.");
        }
    }

    [Fact]
    public void Write_AnotherSize_ShowsTheSameScene()
    {
        var small = Pixels.In(Png(new Painting("sunset over the sea", 5, 64, 48)));
        using var large = SKBitmap.Decode(Png(new Painting("sunset over the sea", 5, 640, 480)))!;

        using var shrunk = large.Resize(new SKSizeI(64, 48), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))!;

        Assert.InRange(small.DistanceTo(small with { Colours = shrunk.Pixels }), 0, 6);
    }

    [Theory]
    [InlineData("a night with stars", "snow")]
    [InlineData("Night", "a sunny DAY!")]
    [InlineData("夜晚的城市", "雪山")]
    public void Palette_OfANight_IsDarker(string night, string bright)
    {
        for (var seed = 0; seed < 10; seed++)
            Assert.True(Brightness(night, seed) + 40 < Brightness(bright, seed));

        static double Brightness(string prompt, int seed) =>
            Pixels.In(Png(new Painting(prompt, seed, 40, 40))).Average(colour => (colour.Red + colour.Green + colour.Blue) / 3d);
    }

    [Theory]
    [InlineData("Golden light", 1)]
    [InlineData("FIRE!", 1)]
    [InlineData("红", 1)]
    [InlineData("the blue ocean", -1)]
    [InlineData("冬天", -1)]
    public void Palette_OfAColour_IsWarmOrCold(string prompt, int sign)
    {
        for (var seed = 0; seed < 10; seed++)
            Assert.True(Pixels.In(Png(new Painting(prompt, seed, 40, 40))).Average(colour => sign * (colour.Red - colour.Blue)) > 10);
    }

    [Theory]
    [InlineData("A CAT, sleeping", Motifs.Cat)]
    [InlineData("a bored category", Motifs.None)]
    [InlineData("一只猫在湖边", Motifs.Cat | Motifs.Lake)]
    [InlineData("boats", Motifs.None)]
    [InlineData("a boat\nin winter", Motifs.Boat | Motifs.Sea | Motifs.Snow)]
    internal void Motifs_OfAPrompt_MatchWholeWordsOnly(string prompt, Motifs expected) =>
        Assert.Equal(expected, Theme.Of(prompt, new Random(1)).Motifs);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(8193, 5)]
    [InlineData(5, 8193)]
    [InlineData(-1, 5)]
    public void Painting_SizeOutOfRange_IsRefused(int width, int height)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Painting("", 0, width, height));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Painting("", 0, 1, 1) with { Width = width, Height = height });
    }

    private static byte[] Png(Painting painting)
    {
        using var file = new MemoryStream();
        painting.WritePng(file);
        return file.ToArray();
    }

    private static byte[] Jpeg(Painting painting)
    {
        using var file = new MemoryStream();
        painting.WriteJpeg(file);
        return file.ToArray();
    }
}
