using Darkroom.Jobs.Thumbnails;
using Darkroom.TestKit;
using FsCheck.Fluent;
using SkiaSharp;

namespace Darkroom.Functions.Tests.Jobs.Thumbnails;

public sealed class AreaReducerTests
{
    private static FsCheck.Gen<(SKSizeI From, SKSizeI To)> Sizes =>
        from width in Gen.Choose(1, 60)
        from height in Gen.Choose(1, 60)
        from toWidth in Gen.Choose(1, width)
        from toHeight in Gen.Choose(1, height)
        select (new SKSizeI(width, height), new SKSizeI(toWidth, toHeight));

    [Fact]
    public void Add_OneColour_IsThatColourEverywhere() => Properties.ForAll(Sizes, sizes =>
    {
        var pixels = Reduce(sizes.From, sizes.To, (_, _) => 173);
        return pixels.Length == 4 * sizes.To.Width * sizes.To.Height && pixels.All(channel => channel == 173);
    });

    [Fact]
    public void Add_AnyPicture_KeepsTheAverage() => Properties.ForAll(Sizes, sizes =>
    {
        byte Value(int x, int y) => (byte)((x * 31) + (y * 17));
        var expected = Enumerable.Range(0, sizes.From.Width * sizes.From.Height)
            .Average(at => Value(at % sizes.From.Width, at / sizes.From.Width));
        return Math.Abs(Reduce(sizes.From, sizes.To, Value).Average(channel => channel) - expected) < 0.6;
    });

    [Fact]
    public void Add_SameSize_ChangesNothing()
    {
        var size = new SKSizeI(7, 5);
        Assert.Equal(
            Enumerable.Range(0, 35).SelectMany(at => Enumerable.Repeat((byte)(at * 7), 4)),
            Reduce(size, size, (x, y) => (byte)((x + (y * 7)) * 7)));
    }

    [Fact]
    public void Create_LargerResult_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AreaReducer(new SKSizeI(10, 10), new SKSizeI(11, 10)));

    private static byte[] Reduce(SKSizeI from, SKSizeI to, Func<int, int, byte> value)
    {
        var reducer = new AreaReducer(from, to);
        for (var y = 0; y < from.Height; y++)
            reducer.Add([.. Enumerable.Range(0, from.Width).SelectMany(x => Enumerable.Repeat(value(x, y), 4))]);
        return reducer.Pixels;
    }
}
