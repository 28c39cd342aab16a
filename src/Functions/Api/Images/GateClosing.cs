using Darkroom.Gate;
using Darkroom.Jobs;

namespace Darkroom.Api.Images;

/// <summary>Why the gate grants no slot, as the waiting jobs show it.</summary>
/// <param name="Status">The status of a waiting job.</param>
/// <param name="Stage">The stage of a waiting job; null for the stage that the job itself has.</param>
/// <param name="Reason">The reason, as a sentence for the caller.</param>
/// <param name="Until">When the gate opens again, if that is known.</param>
internal sealed record GateClosing(JobStatus Status, string? Stage, string Reason, DateTime? Until)
{
    /// <summary>The reason that applies; null while the gate is open. An operator's pause comes before all others.</summary>
    public static GateClosing? Of(GateSnapshot gate, DateTime now) => gate switch
    {
        { Paused: { } paused } when !paused.IsOver(now) => new GateClosing(
            JobStatus.Queued,
            JobStages.Paused,
            paused.Reason is { } why ? $"Submits are paused: {why}" : "Submits are paused.",
            paused.Until),
        { CoolDown: { Reason: CoolDownReason.Throttled } pause } =>
            new GateClosing(JobStatus.Queued, Stage: null, "ModelScope limits the rate of requests.", pause.Until),
        { CoolDown: { Reason: CoolDownReason.Quota } pause } =>
            new GateClosing(JobStatus.WaitingForCredits, Stage: null, "The day's quota is used up.", pause.Until),
        { CoolDown: { } pause } => new GateClosing(
            JobStatus.WaitingForCredits,
            Stage: null,
            "The account has no credits left. Darkroom checks the balance regularly.",
            pause.Until),
        { Budget: { } budget } when budget.IsUsedUp(now) => new GateClosing(
            JobStatus.Queued,
            JobStages.BudgetReached,
            $"The daily budget of {budget.Limit} tasks is used up (Darkroom__DailyBudget). The job goes on when the next day begins in China.",
            budget.On(now).ResetsAt),
        _ => null,
    };

    /// <summary>A waiting job, with this reason.</summary>
    public JobState Applied(JobState state) => state with
    {
        Status = Status,
        Stage = Stage ?? state.Stage,
        WaitingReason = Stage is null ? state.WaitingReason ?? Reason : Reason,
        ResumeAt = Until,
    };
}
