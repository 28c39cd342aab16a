namespace Darkroom.Simulator;

/// <summary>
/// The settings that can be changed while the simulator runs. <c>PUT /control/settings</c> replaces all of them: a missing field gets its
/// default. Every change also resets the credits and the quota.
/// </summary>
public sealed record SimulatorSettings
{
    /// <summary>The run time of a task is the measured time for its size divided by this number; 0 means no run time.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The random deviation of the run time in both directions, as a fraction.</summary>
    public double Spread { get; init; }

    /// <summary>A fixed run time instead of the measured time. <see cref="Speed"/> and <see cref="Spread"/> still apply.</summary>
    public double? Seconds { get; init; }

    /// <summary>The number of tasks that run at the same time.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>The handling of a submit when all slots are taken.</summary>
    public Overflow Overflow { get; init; }

    /// <summary>The credits on the account; null means unlimited.</summary>
    public decimal? Credits { get; init; }

    /// <summary>The credits that a task costs.</summary>
    public decimal Cost { get; init; } = 1;

    /// <summary>The remaining submits of the day; null means unlimited.</summary>
    public int? Quota { get; init; }

    /// <summary>The lifetime of a picture's link.</summary>
    public double LinkSeconds { get; init; } = 600;

    /// <summary>The minimum side of a picture. Smaller sizes are clamped to it.</summary>
    public int SmallestSide { get; init; } = 64;

    /// <summary>The maximum side of a picture. Larger sizes are clamped to it.</summary>
    public int LargestSide { get; init; } = 1440;
}

/// <summary>The handling of a submit when all slots are taken.</summary>
public enum Overflow
{
    /// <summary>The task waits for a slot.</summary>
    Queue,

    /// <summary>The submit is refused with 429.</summary>
    Throttle,
}
