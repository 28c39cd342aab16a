using Darkroom.Api;
using Darkroom.Settings;

namespace Darkroom.Functions.Tests.Api;

public sealed class RetryAfterHeaderTests
{
    [Theory]
    [InlineData(0.2, 2, 2)]
    [InlineData(7.1, 2, 8)]
    [InlineData(5000, 2, 60)]
    [InlineData(-5, 0.05, 1)]
    [InlineData(3, 3600, 60)]
    public void Seconds_AreBetweenTheFloorAndAMinute(double wanted, double floor, int seconds) =>
        Assert.Equal(seconds, RetryAfterHeader.Seconds(wanted, new DarkroomSettings { PollFloorSeconds = floor }));
}
