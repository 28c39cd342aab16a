namespace Darkroom.Gate;

/// <summary>
/// The result of an inspection by the gate. It includes settings, because an orchestration must read them from the result of an
/// activity: a replay has to see the same value.
/// </summary>
/// <param name="Ended">Instances that have ended or do not exist.</param>
/// <param name="Suspended">Instances that are suspended. They keep their place in the queue, but lose their slot.</param>
/// <param name="Slots">The number of slots in the current settings of the app.</param>
public sealed record GateInspection(IReadOnlyCollection<string> Ended, IReadOnlyCollection<string> Suspended, int Slots)
{
    /// <summary>Instances whose submit is over: their task is known to ModelScope.</summary>
    public IReadOnlyCollection<string> Submitted { get; init; } = [];

    /// <summary>The tasks of a day in the current settings of the app; 0 for no limit.</summary>
    public int DailyBudget { get; init; }

    /// <summary>The pause that an operator set; null if there is none.</summary>
    public GatePause? Paused { get; init; }
}

/// <summary>The result of looking up the credits.</summary>
/// <param name="Available">The available balance; null if the look-up failed.</param>
/// <param name="NextLook">When to look again if there are no credits.</param>
public sealed record CreditsSeen(decimal? Available, DateTime NextLook);
