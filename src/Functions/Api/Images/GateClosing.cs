using Darkroom.Gate;
using Darkroom.Jobs;

namespace Darkroom.Api.Images;

/// <summary>Why the gate gives a waiting job no slot, as the job shows it.</summary>
internal abstract record GateClosing
{
    private GateClosing()
    {
    }

    /// <summary>The reason that applies; null while the gate may serve the job. An operator's pause comes before all others.</summary>
    public static GateClosing? Of(GateSnapshot gate, JobTicket ticket, DateTime now) => gate switch
    {
        { Paused: { } pause } when !pause.IsOver(now) => new ByOperator(
            JobStages.Paused, pause.Reason is { } why ? $"Submits are paused: {why}" : "Submits are paused.", pause.Until),
        { CoolDown: { } pause } when pause.Reason == CoolDownReason.Throttled || !ticket.IsBilledByProvider => new ByUpstream(pause),
        { Budget: { } budget } when budget.IsUsedUp(now) => new ByOperator(
            JobStages.BudgetReached,
            $"The daily budget of {budget.Limit} tasks is used up (Darkroom__DailyBudget). The job continues on the next day in China.",
            budget.On(now).ResetsAt),
        _ => null,
    };

    /// <summary>The job, with this reason.</summary>
    public abstract JobState AppliedTo(JobState state);

    /// <summary>An operator decided it, by a pause or a setting.</summary>
    private sealed record ByOperator(string Stage, string Reason, DateTime? Until) : GateClosing
    {
        public override JobState AppliedTo(JobState state) => state with
        {
            Status = JobStatus.Queued,
            Stage = Stage,
            WaitingReason = state.CancelRequested ? state.WaitingReason : Reason,
            ResumeAt = Until,
        };
    }

    /// <summary>Upstream refuses submits. Every waiting job waits for that, not only the job that was refused.</summary>
    private sealed record ByUpstream(CoolDown Pause) : GateClosing
    {
        public override JobState AppliedTo(JobState state)
        {
            // A reason from an earlier cool-down of another kind no longer applies.
            var own = state.CancelRequested || state.Stage == WaitingReasons.StageOf(Pause.Reason) ? state.WaitingReason : null;
            return state with
            {
                Status = WaitingReasons.StatusOf(Pause.Reason),
                WaitingReason = own ?? WaitingReasons.Of(Pause.Reason),
                ResumeAt = Pause.Until,
            };
        }
    }
}
