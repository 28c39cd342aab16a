namespace Darkroom.Jobs.Submit;

/// <summary>Decides whether a run may post, as a pure function of the ledger entry. No other code decides this.</summary>
public static class LedgerRules
{
    /// <summary>
    /// The entry, completed with the task id that the job knows: an earlier attempt may have received the id without being able to write
    /// it. The id is not added if that task was already looked at and ended without a picture.
    /// </summary>
    public static LedgerEntry WithKnownTask(LedgerEntry entry, int attempt, string? known, string? givenUp)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return known is not null && known != givenUp && entry.Attempt < attempt
            && entry is { TaskId: null, State: LedgerState.Submitting or LedgerState.Unknown or LedgerState.Blocked }
            ? entry with { State = LedgerState.Submitted, TaskId = known }
            : entry;
    }

    /// <summary>
    /// Whether the outcome of a submit replaces the current entry. An accepted task replaces any doubt about the same attempt, no matter
    /// which run wrote the doubt. Another outcome replaces only a doubt about the run that posted.
    /// </summary>
    public static bool Replaces(LedgerEntry outcome, LedgerEntry there)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(there);
        return there.Attempt == outcome.Attempt && there.State is (LedgerState.Submitting or LedgerState.Unknown)
            && (outcome.State == LedgerState.Submitted || there.Run == outcome.Run);
    }

    /// <summary>
    /// The entry that blocks every submit of an attempt; null if a submit has begun or may have begun. The id of an accepted task stays in
    /// the entry.
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
            // This includes a submit of an earlier attempt without an outcome: its worker may still write a task id.
            _ => null,
        };
    }

    /// <summary>Decides what a run of the submit activity may do.</summary>
    /// <param name="entry">The entry of the task.</param>
    /// <param name="asked">Who asks, and when.</param>
    public static LedgerVerdict Decide(LedgerEntry entry, LedgerQuestion asked)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(asked);
        var (attempt, givenUp) = (asked.Attempt, asked.GivenUpTask);
        var age = asked.Now - entry.At;
        var isEarlier = entry.Attempt < attempt;
        return entry.State switch
        {
            // A later attempt has begun, or the job was purged: this run is outdated.
            _ when entry.Attempt > attempt => LedgerVerdict.Stop,
            LedgerState.Purged => LedgerVerdict.Stop,
            // This is a resubmit, and the task of the earlier attempt is known to have ended without a picture.
            LedgerState.Submitted when isEarlier && entry.TaskId == givenUp => LedgerVerdict.Post,
            LedgerState.Submitted => LedgerVerdict.UseTask,
            LedgerState.Refused => LedgerVerdict.Post,
            LedgerState.Blocked when isEarlier =>
                entry.TaskId is null || entry.TaskId == givenUp ? LedgerVerdict.Post : LedgerVerdict.UseTask,
            LedgerState.Blocked => LedgerVerdict.Blocked,
            LedgerState.Unknown when isEarlier => LedgerVerdict.Post,
            // The worker of the earlier attempt may still be posting, although that attempt has ended. Wait for its task id.
            LedgerState.Submitting when isEarlier => age < asked.Times.Longest ? LedgerVerdict.Wait : LedgerVerdict.Post,
            LedgerState.Unknown => LedgerVerdict.Unknown,
            // Another worker may be about to write its task id. Wait for it as long as a submit can take; after that the outcome is
            // unknown.
            LedgerState.Submitting => age < asked.Times.Grace ? LedgerVerdict.Wait : LedgerVerdict.Unknown,
            _ => LedgerVerdict.Stop,
        };
    }
}

/// <summary>What a run may do.</summary>
public enum LedgerVerdict
{
    /// <summary>Write a claim, then post.</summary>
    Post,

    /// <summary>Continue with the task that was already submitted.</summary>
    UseTask,

    /// <summary>Read the ledger again later: another worker may be posting right now.</summary>
    Wait,

    /// <summary>Do not post automatically: the task may have been accepted.</summary>
    Unknown,

    /// <summary>Do nothing: the attempt is outdated, or the job was purged.</summary>
    Stop,

    /// <summary>Do nothing: the attempt was canceled.</summary>
    Blocked,
}
