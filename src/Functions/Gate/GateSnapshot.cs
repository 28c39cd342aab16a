using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>The custom status of the gate. Its size is limited, so it shows only the beginning of a long queue.</summary>
public sealed record GateSnapshot
{
    private const int MaxNext = 150;
    private const int MaxNextCharacters = 3200;
    private const int MaxGroupCharacters = 800;

    /// <summary>How many jobs may have a task upstream at once.</summary>
    public int Slots { get; init; }

    /// <summary>The number of slots in use.</summary>
    public int InUse { get; init; }

    /// <summary>
    /// How many of these slots may have a submit under way. The gate learns at its inspections that a submit is over, so the true number
    /// may be lower.
    /// </summary>
    public int Submitting { get; init; }

    /// <summary>When the gate started. A different time means a different gate.</summary>
    public DateTime BegunAt { get; init; }

    /// <summary>How many tickets have joined since the gate started.</summary>
    public long Asked { get; init; }

    /// <summary>The number of waiting tasks of the interactive lane.</summary>
    public int WaitingInteractive { get; init; }

    /// <summary>The number of waiting tasks of the bulk lane.</summary>
    public int WaitingBulk { get; init; }

    /// <summary>The number of waiting tasks of each batch, for as many batches as fit.</summary>
    public IReadOnlyDictionary<string, int> WaitingByGroup { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether more batches wait than <see cref="WaitingByGroup"/> shows.</summary>
    public bool HasMoreGroups { get; init; }

    /// <summary>Why submits are paused; null while they are not.</summary>
    public CoolDown? CoolDown { get; init; }

    /// <summary>The pause that an operator set; null while there is none.</summary>
    public GatePause? Paused { get; init; }

    /// <summary>The tasks of the day.</summary>
    public DailyBudget Budget { get; init; } = DailyBudget.None;

    /// <summary>The remaining credits at the last look-up; null before the first one.</summary>
    public decimal? Credits { get; init; }

    /// <summary>How busy the slots were.</summary>
    public GateUsage Usage { get; init; } = new();

    /// <summary>The instances that are served next, in order.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];

    /// <summary>The snapshot of <paramref name="state"/> at <paramref name="now"/>.</summary>
    public static GateSnapshot Of(GateState state, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var next = new List<string>();
        var characters = 0;
        foreach (var ticket in state.Order().Take(MaxNext))
        {
            characters += ticket.Instance.Length + 3;
            if (characters > MaxNextCharacters)
                break;
            next.Add(ticket.Instance);
        }

        var (groups, hasMore) = Groups(state);
        return new GateSnapshot
        {
            Slots = state.Slots,
            InUse = state.Holders.Length,
            Submitting = state.Submitting,
            BegunAt = state.BegunAt,
            Asked = state.Asked,
            WaitingInteractive = state.Waiting.Count(ticket => ticket.Lane == Lane.Interactive),
            WaitingBulk = state.Waiting.Count(ticket => ticket.Lane == Lane.Bulk),
            WaitingByGroup = groups,
            HasMoreGroups = hasMore,
            CoolDown = state.IsPaused(now) ? state.CoolDown : null,
            Paused = state.IsPausedByOperator(now) ? state.Paused : null,
            Budget = state.Budget.On(now),
            Credits = state.Credits,
            Usage = state.Usage,
            Next = next,
        };
    }

    private static (Dictionary<string, int> Shown, bool HasMore) Groups(GateState state)
    {
        var groups = state.Waiting.Where(ticket => ticket.Group is not null)
            .CountBy(ticket => ticket.Group!)
            .OrderByDescending(group => group.Value)
            .ToArray();
        var characters = 0;
        var shown = groups.TakeWhile(group => (characters += group.Key.Length + 10) <= MaxGroupCharacters).ToDictionary();
        return (shown, shown.Count < groups.Length);
    }
}
