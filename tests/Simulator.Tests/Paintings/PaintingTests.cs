using System.Security.Cryptography;
using Darkroom.Simulator.Paintings;

namespace Darkroom.Simulator.Tests.Paintings;

public sealed class PaintingTests
{
    [Theory]
    [InlineData("A golden cat", 42, "D6D93FEA49622B7E")]
    [InlineData("night on the sea with a boat", 7, "4A20799530B25F51")]
    [InlineData("雪 森林", -1, "A9F24D17A029C290")]
    public void The_same_values_give_the_same_pixels_on_every_machine(string prompt, int seed, string sha256Start)
    {
        var pixels = Pixels.Of(new Painting(prompt, seed, 96, 64));

        Assert.Equal(sha256Start, Convert.ToHexString(SHA256.HashData(pixels.Rgb))[..16]);
    }

    [Fact]
    public void A_row_is_the_same_whatever_was_painted_before_it()
    {
        var painting = new Painting("a lake with an aurora and a cat", 3, 120, 90);
        var whole = Pixels.Of(painting);

        var brush = painting.PickUpBrush();
        var row = new byte[120 * 3];
        foreach (var y in new[] { 89, 0, 60, 60, 12 })
        {
            brush.PaintRow(y, row);
            Assert.Equal(whole.Rgb[(y * 360)..((y + 1) * 360)], row);
        }
    }

    [Fact]
    public void Every_seed_and_every_prompt_has_a_picture_of_its_own()
    {
        var pictures = new List<Pixels>();
        for (var seed = 0; seed < 8; seed++)
        {
            pictures.Add(Pixels.Of(new Painting("mountains", seed, 64, 64)));
            pictures.Add(Pixels.Of(new Painting($"mountains {seed}", 0, 64, 64)));
        }

        for (var i = 0; i < pictures.Count; i++)
        {
            for (var j = i + 1; j < pictures.Count; j++)
                Assert.True(pictures[i].LikenessTo(pictures[j]) < 28, $"{i} and {j} can hardly be told apart");
        }
    }

    [Fact]
    public void One_picture_is_the_same_scene_at_every_size()
    {
        var small = Pixels.Of(new Painting("sunset over the sea", 5, 64, 48));
        var large = Pixels.Of(new Painting("sunset over the sea", 5, 640, 480));

        var shrunk = new byte[small.Rgb.Length];
        for (var i = 0; i < shrunk.Length; i++)
        {
            var (x, y, colour) = (i / 3 % 64, i / 3 / 64, i % 3);
            var sum = 0;
            for (var j = 0; j < 100; j++)
                sum += large.Rgb[((y * 10 + j / 10) * 640 + x * 10 + j % 10) * 3 + colour];
            shrunk[i] = (byte)(sum / 100);
        }

        Assert.True(small.LikenessTo(new Pixels(64, 48, shrunk)) > 22);
    }

    [Theory]
    [InlineData("a night with stars", "a sunny day")]
    [InlineData("夜", "晴")]
    public void A_night_is_darker_than_a_day(string night, string day)
    {
        for (var seed = 0; seed < 10; seed++)
            Assert.True(Brightness(night, seed) + 40 < Brightness(day, seed));

        static double Brightness(string prompt, int seed) =>
            Pixels.Of(new Painting(prompt, seed, 40, 40)).Average((red, green, blue) => (red + green + blue) / 3d);
    }

    [Theory]
    [InlineData("Golden light")]
    [InlineData("FIRE!")]
    [InlineData("金色")]
    [InlineData("红")]
    public void Gold_and_fire_are_warm(string prompt)
    {
        for (var seed = 0; seed < 10; seed++)
            Assert.True(Pixels.Of(new Painting(prompt, seed, 40, 40)).Average((red, _, blue) => red - blue) > 25);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 600)]
    [InlineData(600, 1)]
    [InlineData(2, 3)]
    [InlineData(8192, 2)]
    [InlineData(3, 8192)]
    public void Every_shape_can_be_painted(int width, int height)
    {
        foreach (var prompt in new[] { "", "cat boat bird snow fire blossom sea", "aurora forest", "lake", "\ud800\0" })
            Assert.Equal(width * height * 3, Pixels.Of(new Painting(prompt, int.MinValue, width, height)).Rgb.Length);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(8193, 5)]
    [InlineData(5, 8193)]
    [InlineData(-1, 5)]
    public void A_size_out_of_range_is_refused(int width, int height)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Painting("", 0, width, height));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Painting("", 0, 1, 1) with { Width = width, Height = height });
    }

    [Fact]
    public void A_row_outside_the_picture_or_too_short_a_buffer_is_refused()
    {
        var brush = new Painting("", 0, 4, 4).PickUpBrush();

        Assert.Throws<ArgumentOutOfRangeException>(() => brush.PaintRow(-1, new byte[12]));
        Assert.Throws<ArgumentOutOfRangeException>(() => brush.PaintRow(4, new byte[12]));
        Assert.Throws<ArgumentOutOfRangeException>(() => brush.PaintRow(0, new byte[11]));
    }
}
