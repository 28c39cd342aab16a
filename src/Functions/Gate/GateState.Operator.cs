namespace Darkroom.Gate;

// What an operator decides: a pause, a daily budget, and the lane of a waiting job.
public sealed partial record GateState
{
    /// <summary>The pause that an operator set; null if there is none.</summary>
    public GatePause? Paused { get; init; }

    /// <summary>The tasks of the day.</summary>
    public DailyBudget Budget { get; init; } = DailyBudget.None;

    /// <summary>How many times an operator asked for an inspection.</summary>
    public int LooksAsked { get; init; }

    /// <summary>How many of these requests an inspection has answered.</summary>
    public int LooksDone { get; init; }

    /// <summary>Whether an operator has paused submits.</summary>
    public bool IsPausedByOperator(DateTime now) => Paused?.IsOver(now) == false;

    /// <summary>Whether any ticket may get a free slot. A cool-down may still hold it.</summary>
    internal bool IsOpen(DateTime now) => !IsPausedByOperator(now) && !Budget.IsUsedUp(now);

    // Whether the budget is used up, even if its day is over meanwhile.
    private bool IsSpent => Budget.Limit > 0 && Budget.Used >= Budget.Limit;

    // When a pause or a used-up budget ends by itself; null if no ticket waits for that.
    private DateTime? OpensAt => Waiting.IsEmpty ? null : Sooner(Paused?.Until, IsSpent ? Budget.ResetsAt : null);

    // An operator changed something in storage or in the settings.
    private GateState ToldToLook() => this with { LooksAsked = LooksAsked + 1, InspectedAt = default };

    // The ticket keeps its place by arrival, so a job that has waited longest is the first in its new lane too.
    private GateChange Move(GateMessage message, DateTime now)
    {
        var at = Waiting.ToList().FindIndex(ticket => ticket.Instance == message.Instance && ticket.Turn == message.Turn);
        if (at < 0 || Waiting[at].Lane == message.Lane)
            return Serve([], now);
        var moved = Waiting[at] with { Lane = message.Lane };
        return (Joined(moved) with { Waiting = Waiting.SetItem(at, moved) }).Serve([], now);
    }

    // A holder that leaves without a submit gives the task back to the budget.
    private GateState Returned(GateMessage message, DateTime now) =>
        Holders.FirstOrDefault(one => one.Ticket.Instance == message.Instance && one.Ticket.Turn <= message.Turn) is { } holder
            ? this with { Budget = Budget.Return(holder.Since, now) }
            : this;
}
