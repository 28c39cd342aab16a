namespace Darkroom.Jobs.Calls;

/// <summary>
/// The recent calls of one caller with one body. It decides whether a new request is a retry, which gets the job of the earlier try, or a
/// call of its own, which gets a new job. The decision is a pure function.
/// </summary>
/// <param name="Tries">The latest try of each call, the oldest call first.</param>
public sealed record CallHistory(IReadOnlyList<CallTry> Tries)
{
    /// <summary>How long after the end of a try a request can be its retry.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>How long after a reported failure an unmarked request counts as its retry: longer than the back-off of SDKs.</summary>
    public static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(1);

    /// <summary>How long a client can wait: the host ends a function after ten minutes.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>The largest number of calls that are kept.</summary>
    public const int Most = 16;

    public static CallHistory Empty { get; } = new([]);

    /// <summary>Decides which job a request gets.</summary>
    /// <param name="fresh">The try that is added if the request is a call of its own.</param>
    /// <param name="mark">What the client says about retries.</param>
    /// <param name="isWaiting">Whether the client of a try that is stored as waiting does wait; unknown for other workers.</param>
    public (CallHistory Next, CallTry Try) Begin(CallTry fresh, RetryMark mark, Func<CallTry, WaitKnowledge> isWaiting)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentNullException.ThrowIfNull(isWaiting);
        var recent = Tries.Where(one => fresh.At - one.At < Window).ToList();
        var earlier = recent
            .Select(one => (Try: one, Rank: RankOf(one, fresh.At, mark, isWaiting)))
            .Where(one => one.Rank is not null)
            .OrderBy(one => one.Rank)
            .Select(one => one.Try)
            .FirstOrDefault();
        if (earlier is null)
            return (new CallHistory(Bounded([.. recent, fresh])), fresh);
        var again = earlier with { Worker = fresh.Worker, At = fresh.At, State = TryState.Waiting };
        return (new CallHistory([.. recent.Select(one => one == earlier ? again : one)]), again);
    }

    /// <summary>Records the end of a try. Only an answer counts if a later try of the call already waits on another worker.</summary>
    public CallHistory End(CallTry ended, TryState state, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return new CallHistory([
            .. Tries.Select(
                one => one.JobId == ended.JobId && (one.Worker == ended.Worker || state == TryState.Answered)
                    ? one with { State = state, At = now }
                    : one)]);
    }

    // The order in which a request takes over earlier tries; null if it does not take over this one. Pictures that nobody has received come
    // first.
    private static int? RankOf(CallTry one, DateTime now, RetryMark mark, Func<CallTry, WaitKnowledge> isWaiting)
    {
        var waits = one.State == TryState.Waiting && now - one.At < LongestWait ? isWaiting(one) : WaitKnowledge.No;
        return (one.State, waits) switch
        {
            (TryState.Unanswered, _) or (TryState.Waiting, WaitKnowledge.No) => 0,
            // In doubt an unmarked request is a retry: two calls that share a picture cost less than a picture that is paid for twice.
            (TryState.Waiting, WaitKnowledge.Unknown) => mark == RetryMark.First ? null : 1,
            (TryState.Waiting, _) => mark == RetryMark.Retry ? 1 : null,
            (TryState.Failed, _) =>
                mark == RetryMark.Retry || (mark == RetryMark.Unmarked && now - one.At < FailureWindow) ? 2 : null,
            // The client may not have received the answer.
            _ => mark == RetryMark.Retry ? 3 : null,
        };
    }

    private static IReadOnlyList<CallTry> Bounded(IReadOnlyList<CallTry> tries)
    {
        if (tries.Count <= Most)
            return tries;
        var dropped = tries.FirstOrDefault(one => one.State is TryState.Answered or TryState.Failed, tries[0]);
        return [.. tries.Where(one => one != dropped)];
    }
}

/// <summary>Whether the client of a try still waits, as far as this worker knows.</summary>
public enum WaitKnowledge
{
    /// <summary>The connection belongs to another worker.</summary>
    Unknown,

    /// <summary>The connection is open.</summary>
    Yes,

    /// <summary>The connection is closed.</summary>
    No,
}
