namespace Darkroom.ModelScope.Failures;

/// <summary>The day by which ModelScope counts quotas: the day in China, which is UTC+8 all year.</summary>
public static class ChinaDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>Returns the first midnight in China after <paramref name="now"/>, in UTC.</summary>
    public static DateTimeOffset NextStart(DateTimeOffset now) =>
        new DateTimeOffset(now.ToOffset(Offset).Date.AddDays(1), Offset).ToUniversalTime();
}
