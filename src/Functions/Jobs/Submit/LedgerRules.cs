namespace Darkroom.Jobs.Submit;

/// <summary>Who may post, as a pure function of what the ledger says. It is the only place that decides it.</summary>
public static class LedgerRules
{
    /// <summary>
    /// The entry, completed by what its job knows: an earlier attempt may have heard of its task and could not write it down. Unless that
    /// task
    /// was looked at already, and came to nothing.
    /// </summary>
    public static LedgerEntry Knowing(LedgerEntry entry, int attempt, string? known, string? givenUp)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return known is not null && known != givenUp && entry.Attempt < attempt
            && entry is { TaskId: null, State: LedgerState.Submitting or LedgerState.Unknown or LedgerState.Blocked }
            ? entry with { State = LedgerState.Submitted, TaskId = known }
            : entry;
    }

    /// <summary>
    /// Whether what became of a submit is written over what stands there. A task that was accepted beats every doubt about the same
    /// attempt,
    /// whoever wrote that down; and who posted knows better than who waited for it.
    /// </summary>
    public static bool Replaces(LedgerEntry outcome, LedgerEntry there)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(there);
        return there.Attempt == outcome.Attempt && there.State is (LedgerState.Submitting or LedgerState.Unknown)
            && (outcome.State == LedgerState.Submitted || there.Run == outcome.Run);
    }

    /// <summary>
    /// The entry that blocks every submit of an attempt; null when it is too late for that, or not certain that it is in time. A task that
    /// was
    /// accepted stays known.
    /// </summary>
    public static LedgerEntry? Block(LedgerEntry entry, int attempt)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var isEarlier = entry.Attempt < attempt;
        return entry.State switch
        {
            _ when entry.Attempt > attempt => null,
            LedgerState.Refused or LedgerState.Blocked => entry with { Attempt = attempt, State = LedgerState.Blocked },
            LedgerState.Submitted when isEarlier => entry with { Attempt = attempt, State = LedgerState.Blocked },
            // Also of an earlier attempt: its worker may still write down its task.
            _ => null,
        };
    }

    /// <summary>What may be done.</summary>
    /// <param name="entry">What the ledger says.</param>
    /// <param name="attempt">The attempt that asks.</param>
    /// <param name="givenUp">A task of an earlier attempt that was looked at and came to nothing; null when there is none.</param>
    /// <param name="now">The time.</param>
    /// <param name="grace">How long a submit that is under way may be silent.</param>
    /// <param name="longest">How long a submit can take: only then nobody is posting any more, whoever may have been killed.</param>
    public static LedgerVerdict Decide(
        LedgerEntry entry, int attempt, string? givenUp, DateTimeOffset now, TimeSpan grace, TimeSpan longest)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var isEarlier = entry.Attempt < attempt;
        return entry.State switch
        {
            // A later attempt is underway, or the job is gone: whoever asks now is late.
            _ when entry.Attempt > attempt => LedgerVerdict.Stop,
            LedgerState.Purged => LedgerVerdict.Stop,
            // A person asked for another attempt, and what the task of the last one came to is known.
            LedgerState.Submitted when isEarlier && entry.TaskId == givenUp => LedgerVerdict.Post,
            LedgerState.Submitted => LedgerVerdict.UseTask,
            LedgerState.Refused => LedgerVerdict.Post,
            LedgerState.Blocked when isEarlier =>
                entry.TaskId is null || entry.TaskId == givenUp ? LedgerVerdict.Post : LedgerVerdict.UseTask,
            LedgerState.Blocked => LedgerVerdict.Blocked,
            LedgerState.Unknown when isEarlier => LedgerVerdict.Post,
            // Its worker may be at it still, though the job was ended meanwhile: what it brings is worth waiting for.
            LedgerState.Submitting when isEarlier => now - entry.At < longest ? LedgerVerdict.Wait : LedgerVerdict.Post,
            LedgerState.Unknown => LedgerVerdict.Unknown,
            // Another worker may be about to write down its task: wait for it as long as it can take, then nobody will.
            LedgerState.Submitting => now - entry.At < grace ? LedgerVerdict.Wait : LedgerVerdict.Unknown,
            _ => LedgerVerdict.Stop,
        };
    }
}

/// <summary>What may be done about a submit.</summary>
public enum LedgerVerdict
{
    /// <summary>Post, after having written that one does.</summary>
    Post,

    /// <summary>There is a task: go on with it.</summary>
    UseTask,

    /// <summary>Ask again later: somebody else may be posting right now.</summary>
    Wait,

    /// <summary>Never post by oneself: it may have been accepted.</summary>
    Unknown,

    /// <summary>This attempt has no business any more.</summary>
    Stop,

    /// <summary>The attempt was canceled.</summary>
    Blocked,
}
