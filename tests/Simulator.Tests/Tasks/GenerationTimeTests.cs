using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Tests.Tasks;

public sealed class GenerationTimeTests
{
    [Theory]
    [InlineData(64, 64, 1.0)]
    [InlineData(256, 256, 1.2)]
    [InlineData(512, 512, 1.7)]
    [InlineData(1024, 1024, 5.8)]
    [InlineData(1440, 1440, 12.0)]
    public void For_MeasuredSize_GivesTheMeasuredTime(int width, int height, double seconds) =>
        Assert.Equal(seconds, GenerationTime.For(width, height).TotalSeconds, 6);

    [Fact]
    public void For_LargerSize_NeverGivesLess()
    {
        var times = Enumerable.Range(1, 64).Select(side => GenerationTime.For(side * 32, side * 32)).ToList();
        Assert.Equal(times.Order(), times);
    }
}
