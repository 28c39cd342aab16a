using Darkroom.Api.Images;
using Darkroom.Functions.Tests.Jobs;
using Darkroom.Gate;
using Darkroom.Jobs;

namespace Darkroom.Functions.Tests.Api.Images;

/// <summary>What a waiting job shows while the gate grants no slot.</summary>
public sealed class GateClosingTests
{
    private static readonly DateTime Now = SampleJob.Start;
    private static readonly GatePause Pause = new(Now, "deploying", Now.AddHours(1));
    private static readonly DailyBudget SpentBudget = new(Limit: 5, Used: 5, Now.AddHours(3));
    private static readonly CoolDown NoCredits = new(CoolDownReason.Credits, Now.AddMinutes(5));

    [Fact]
    public void Of_OpenGate_IsNone()
    {
        Assert.Null(Of(new GateSnapshot()));
        Assert.Null(Of(new GateSnapshot { Budget = SpentBudget with { Used = 4 } }));
        Assert.Null(Of(new GateSnapshot { Paused = Pause with { Until = Now } }));
    }

    [Fact]
    public void Of_SeveralReasons_ShowsThePauseThenTheCoolDownThenTheBudget()
    {
        var gate = new GateSnapshot { Paused = Pause, CoolDown = NoCredits, Budget = SpentBudget };
        var waiting = new JobState { Status = JobStatus.WaitingForCredits, Stage = JobStages.WaitingForCredits, WaitingReason = "old" };
        var paused = Of(gate)!.AppliedTo(waiting);
        Assert.Equal(
            (JobStatus.Queued, JobStages.Paused, "Submits are paused: deploying", Pause.Until),
            (paused.Status, paused.Stage, paused.WaitingReason, paused.ResumeAt));
        Assert.Equal(JobStatus.WaitingForCredits, Of(gate with { Paused = null })!.AppliedTo(new JobState()).Status);
        var limited = Of(new GateSnapshot { Budget = SpentBudget })!.AppliedTo(new JobState());
        Assert.Equal(
            (JobStatus.Queued, JobStages.BudgetReached, SpentBudget.ResetsAt), (limited.Status, limited.Stage, limited.ResumeAt!.Value));
    }

    [Fact]
    public void Of_JobThatNeedsNoCredits_ShowsTheBudgetInstead()
    {
        var gate = new GateSnapshot { CoolDown = NoCredits, Budget = SpentBudget };
        var ticket = SampleJob.Ticket with { IsBilledByProvider = true };
        Assert.Equal(JobStages.BudgetReached, GateClosing.Of(gate, ticket, Now)!.AppliedTo(new JobState()).Stage);
    }

    [Fact]
    public void AppliedTo_CanceledJob_KeepsItsReason()
    {
        var canceled = new JobState { CancelRequested = true, WaitingReason = "It was canceled." };
        Assert.Equal("It was canceled.", Of(new GateSnapshot { Paused = Pause })!.AppliedTo(canceled).WaitingReason);
        Assert.Equal("It was canceled.", Of(new GateSnapshot { CoolDown = NoCredits })!.AppliedTo(canceled).WaitingReason);
    }

    private static GateClosing? Of(GateSnapshot gate) => GateClosing.Of(gate, SampleJob.Ticket, Now);
}
