namespace Darkroom.Cli.Tests;

public sealed class MomentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("30m", "2026-11-30T08:30:00Z")]
    [InlineData("2h", "2026-11-30T10:00:00Z")]
    [InlineData("1d", "2026-12-01T08:00:00Z")]
    [InlineData("2026-12-01T08:00:00+08:00", "2026-12-01T00:00:00Z")]
    public void Read_TimeOrDuration_IsATimeInUtc(string text, string time) => Assert.Equal(time, Moment.Read("--until", text, Now));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("h")]
    [InlineData("-5m")]
    [InlineData("99999999999d")]
    [InlineData("2026-13-01")]
    public void Read_AnythingElse_IsAUsageErrorWithTheOption(string text)
    {
        var refusal = Assert.Throws<CommandException>(() => Moment.Read("--until", text, Now));

        Assert.Equal(ExitCode.Usage, refusal.ExitCode);
        Assert.StartsWith("--until: ", refusal.Message, StringComparison.Ordinal);
    }
}
