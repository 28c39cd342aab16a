namespace Darkroom.Simulator;

/// <summary>What can be changed while the simulator runs, over <c>PUT /control/settings</c>.</summary>
public sealed record SimulatorSettings
{
    /// <summary>Tasks take the measured time for their size divided by this; 0 makes them instant.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>How far a task's time strays from the table, as a fraction either way.</summary>
    public double Spread { get; init; }

    /// <summary>A fixed time for every task instead of the table's, before <see cref="Speed"/> and <see cref="Spread"/>.</summary>
    public double? Seconds { get; init; }

    /// <summary>Tasks that run at once on the account.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>What happens to a submit when all slots are taken.</summary>
    public Overflow Overflow { get; init; }

    /// <summary>Credits on the account; null is a purse without a bottom.</summary>
    public decimal? Credits { get; init; }

    /// <summary>What a task costs.</summary>
    public decimal Cost { get; init; } = 1;

    /// <summary>Submits left today; null is without end.</summary>
    public int? Quota { get; init; }

    /// <summary>How long a picture's link lives.</summary>
    public double LinkSeconds { get; init; } = 600;

    /// <summary>The smallest side upstream makes; smaller requests are clamped to it.</summary>
    public int SmallestSide { get; init; } = 64;

    /// <summary>The largest side upstream makes; larger requests are clamped to it.</summary>
    public int LargestSide { get; init; } = 1440;
}

/// <summary>What happens to a submit when all slots are taken.</summary>
public enum Overflow
{
    /// <summary>It waits its turn.</summary>
    Queue,

    /// <summary>It is answered with 429.</summary>
    Throttle,
}
