using Darkroom.ModelScope.Failures;

namespace Darkroom.Gate;

/// <summary>
/// How many tasks may be submitted in a day. Days are China's, as ModelScope's quotas are. Every granted slot counts as a task, until the
/// job returns it without a submit.
/// </summary>
/// <param name="Limit">The tasks of a day; 0 for no limit.</param>
/// <param name="Used">The tasks of the day so far.</param>
/// <param name="ResetsAt">When the day ends.</param>
public sealed record DailyBudget(int Limit, int Used, DateTime ResetsAt)
{
    /// <summary>The budget of a gate that has not granted a slot.</summary>
    public static DailyBudget None { get; } = new(Limit: 0, Used: 0, ResetsAt: default);

    /// <summary>Whether no further task may be submitted on this day.</summary>
    public bool IsUsedUp(DateTime now) => Limit > 0 && On(now).Used >= Limit;

    /// <summary>The budget at <paramref name="now"/>: on a new day nothing is used.</summary>
    public DailyBudget On(DateTime now) => now < ResetsAt ? this : this with { Used = 0, ResetsAt = EndOfDay(now) };

    /// <summary>Counts a task.</summary>
    public DailyBudget Spend(DateTime now) => On(now) is var today ? today with { Used = today.Used + 1 } : this;

    /// <summary>Takes back a task that was counted at <paramref name="since"/>, if that was on the same day.</summary>
    public DailyBudget Return(DateTime since, DateTime now) =>
        On(now) is var today && EndOfDay(since) == today.ResetsAt ? today with { Used = Math.Max(0, today.Used - 1) } : On(now);

    private static DateTime EndOfDay(DateTime now) => ChinaDay.NextStart(new DateTimeOffset(now, TimeSpan.Zero)).UtcDateTime;
}
