namespace Darkroom.Cli.Operations;

/// <summary>The gate, which decides when tasks are submitted.</summary>
internal sealed record Gate(int Slots, int InUse, GateLanes Waiting)
{
    /// <summary>How many slots may have a submit under way.</summary>
    public int? Submitting { get; init; }

    public GateCoolDown? CoolDown { get; init; }

    public GatePaused? Paused { get; init; }

    public GateBudget? Budget { get; init; }

    public GateUtilisation? Utilisation { get; init; }

    public double? Credits { get; init; }
}

internal sealed record GateLanes(int Interactive, int Bulk);

internal sealed record GateCoolDown(string Reason, DateTimeOffset Until);

internal sealed record GatePaused(DateTimeOffset At)
{
    public string? Reason { get; init; }

    public DateTimeOffset? Until { get; init; }
}

internal sealed record GateBudget(int Limit, int Used, DateTimeOffset ResetsAt);

internal sealed record GateUtilisation(double LastMinute, double LastHour);
