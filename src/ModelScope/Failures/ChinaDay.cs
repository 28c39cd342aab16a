namespace Darkroom.ModelScope.Failures;

/// <summary>Quotas are counted by the day in China, which keeps UTC+8 the whole year.</summary>
public static class ChinaDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The next midnight in China after <paramref name="now"/>.</summary>
    public static DateTimeOffset NextStart(DateTimeOffset now) =>
        new DateTimeOffset(now.ToOffset(Offset).Date.AddDays(1), Offset).ToUniversalTime();
}
