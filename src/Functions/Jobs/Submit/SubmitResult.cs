using System.Text.Json.Serialization;
using Darkroom.Gate;
using Darkroom.Jobs.Poll;

namespace Darkroom.Jobs.Submit;

/// <summary>The result of <see cref="SubmitTask"/>.</summary>
/// <param name="Outcome">The outcome of the submit.</param>
public sealed record SubmitResult(SubmitOutcome Outcome);

/// <summary>The outcome of a submit.</summary>
[JsonDerivedType(typeof(Accepted), nameof(Accepted))]
[JsonDerivedType(typeof(Refused), nameof(Refused))]
[JsonDerivedType(typeof(CoolDown), nameof(CoolDown))]
[JsonDerivedType(typeof(Unavailable), nameof(Unavailable))]
[JsonDerivedType(typeof(InDoubt), nameof(InDoubt))]
[JsonDerivedType(typeof(Unknown), nameof(Unknown))]
[JsonDerivedType(typeof(NotMine), nameof(NotMine))]
[JsonDerivedType(typeof(GivenUp), nameof(GivenUp))]
public abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>There is an upstream task.</summary>
    /// <param name="TaskId">The id of the task.</param>
    /// <param name="RequestId">ModelScope's request id of the submit.</param>
    /// <param name="AcceptedAt">When upstream accepted it.</param>
    /// <param name="IsEarlier">Whether an earlier attempt submitted it.</param>
    /// <param name="Schedule">When to look at it.</param>
    public sealed record Accepted(
        string TaskId, string? RequestId, DateTime AcceptedAt, bool IsEarlier, PollSchedule Schedule) : SubmitOutcome;

    /// <summary>Upstream refused the task, and would refuse it again.</summary>
    public sealed record Refused(JobError Error) : SubmitOutcome;

    /// <summary>Upstream refuses every submit for a while.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Until">Until when, if that is known.</param>
    /// <param name="Error">The refusal.</param>
    public sealed record CoolDown(CoolDownReason Reason, DateTime? Until, JobError Error) : SubmitOutcome;

    /// <summary>Upstream had trouble and certainly did not accept the task.</summary>
    /// <param name="Error">The trouble.</param>
    /// <param name="Until">When to try again, if upstream gave a time.</param>
    public sealed record Unavailable(JobError Error, DateTime? Until) : SubmitOutcome;

    /// <summary>Another worker may be posting the task at this moment.</summary>
    /// <param name="Until">When it is certain that no other worker is posting.</param>
    public sealed record InDoubt(DateTime Until) : SubmitOutcome;

    /// <summary>It is unknown whether upstream accepted the task.</summary>
    public sealed record Unknown(JobError Error) : SubmitOutcome;

    /// <summary>The ledger belongs to another request, or to a later attempt.</summary>
    public sealed record NotMine : SubmitOutcome;

    /// <summary>The task is not wanted any more: nothing was posted, and nothing will be.</summary>
    public sealed record GivenUp : SubmitOutcome;
}

/// <summary>The input of <see cref="SubmitTask"/>.</summary>
/// <param name="Ticket">The ticket of the task.</param>
/// <param name="GivenUpTask">The upstream task of an earlier attempt that ended without a picture; null while there is none.</param>
public sealed record SubmitOrder(JobTicket Ticket, string? GivenUpTask)
{
    /// <summary>
    /// Whether the run only reads the ledger and never posts: the job was canceled while it was in doubt whether its task was posted.
    /// </summary>
    public bool OnlyAsks { get; init; }
}
