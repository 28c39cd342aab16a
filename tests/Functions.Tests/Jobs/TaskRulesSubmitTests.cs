using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using static Darkroom.Functions.Tests.Jobs.SampleJob;
using static Darkroom.Functions.Tests.Jobs.SampleTask;

namespace Darkroom.Functions.Tests.Jobs;

/// <summary>What the outcome of a submit changes for a task.</summary>
public sealed class TaskRulesSubmitTests
{
    [Theory]
    [InlineData(CoolDownReason.Throttled, JobStatus.Queued, JobStages.CoolingDown)]
    [InlineData(CoolDownReason.Quota, JobStatus.WaitingForCredits, JobStages.WaitingForQuota)]
    [InlineData(CoolDownReason.Credits, JobStatus.WaitingForCredits, JobStages.WaitingForCredits)]
    public void Submitted_CoolDown_NotifiesTheGateAndReturnsToTheQueue(CoolDownReason reason, JobStatus status, string stage)
    {
        var posting = Posting();
        var change = AfterSubmit(posting, new SubmitOutcome.CoolDown(reason, Start.AddMinutes(1), Trouble));
        var message = Assert.Single(change.Messages);
        Assert.Equal((GateMessageKind.Refused, posting.Turn + 1, reason), (message.Kind, message.Turn, message.Reason!.Value));
        Assert.Equal(
            (status, stage, Start.AddMinutes(1)),
            (change.Progress.State.Status, change.Progress.State.Stage, change.Progress.State.ResumeAt!.Value));
        Assert.IsType<TaskPhase.Queued>(change.Progress.Phase);
    }

    [Fact]
    public void Submitted_OutOfCredits_SaysThatALoginGivesCreditsAndWhatDarkroomDoes()
    {
        var error = Trouble with { UpstreamMessage = "no more magicubes" };
        var reason = AfterSubmit(
            Posting(), new SubmitOutcome.CoolDown(CoolDownReason.Credits, Start, error)).Progress.State.WaitingReason!;
        foreach (var part in new[] { "log in at modelscope.cn", "checks the balance", "by itself", "no more magicubes" })
            Assert.Contains(part, reason, StringComparison.Ordinal);
        var other = AfterSubmit(Posting(), new SubmitOutcome.CoolDown(CoolDownReason.Quota, Start, error)).Progress.State.WaitingReason!;
        Assert.Contains("quota", other, StringComparison.Ordinal);
        Assert.DoesNotContain("log in", other, StringComparison.Ordinal);
    }

    [Fact]
    public void Begin_JobThatAProviderBills_AsksWithoutNeedForCredits()
    {
        var billed = Ticket with { IsBilledByProvider = true, FailsWithoutCredits = true };
        var ask = Assert.Single(new TaskRules(billed).Begin(Start).Messages);
        Assert.Equal((true, false), (ask.IsBilledByProvider, ask.FailsWithoutCredits));
    }

    [Fact]
    public void Submitted_OutOfCreditsAndJobDoesNotWait_FailsAndNotifiesTheGate()
    {
        var rules = new TaskRules(Ticket with { FailsWithoutCredits = true });
        var change = rules.On(
            Posting(), new TaskEvent.Submitted(new SubmitOutcome.CoolDown(CoolDownReason.Credits, Start, Trouble)), Start);
        Assert.Equal([GateMessageKind.Refused, GateMessageKind.Leave], change.Messages.Select(message => message.Kind));
        Assert.Equal(JobStatus.Failed, change.Progress.State.Status);
    }

    [Fact]
    public void Submitted_Unavailable_IsTriedFourTimesWithGrowingPauses()
    {
        var (progress, now, pauses) = (Posting(), Start, new List<double>());
        while (AfterSubmit(
                progress,
                new SubmitOutcome.Unavailable(Trouble, Until: null),
                now).Progress is { Phase: TaskPhase.BetweenPosts wait } waiting)
        {
            pauses.Add((wait.Until - now).TotalSeconds);
            progress = Rules.On(waiting, new TaskEvent.Waited(), now = wait.Until).Progress;
        }

        Assert.Equal([2, 4, 8], pauses);
        AssertEnded(AfterSubmit(progress, new SubmitOutcome.Unavailable(Trouble, Until: null), now), JobStatus.Failed, "some trouble");
    }

    [Fact]
    public void Submitted_Refused_Fails() =>
        AssertEnded(AfterSubmit(Posting(), new SubmitOutcome.Refused(Trouble)), JobStatus.Failed, "some trouble");

    [Fact]
    public void Submitted_Unknown_EndsAndIsNeverPostedAgain() =>
        AssertEnded(
            AfterSubmit(
                Posting(), new SubmitOutcome.Unknown(JobErrors.SubmissionUnknown("silence"))), JobStatus.SubmissionUnknown, "silence");

    [Fact]
    public void Submitted_GivenUp_IsCanceledOrAfterTheExpiryExpired()
    {
        AssertEnded(AfterSubmit(Posting(), new SubmitOutcome.GivenUp()), JobStatus.Canceled, "nothing was paid");
        AssertEnded(AfterSubmit(Posting(), new SubmitOutcome.GivenUp(), Ticket.ExpiresAt), JobStatus.Expired, "nothing was submitted");
    }

    [Fact]
    public void Submitted_InDoubt_ReadsTheLedgerAgainSoon()
    {
        Assert.Equal(Start.AddSeconds(7), WaitAfter(new SubmitOutcome.InDoubt(Start.AddMinutes(2))));
        Assert.Equal(Start.AddSeconds(3), WaitAfter(new SubmitOutcome.InDoubt(Start.AddSeconds(3))));

        static DateTime WaitAfter(SubmitOutcome result) =>
            Assert.IsType<TaskStep.WaitUntil>(Rules.Next(AfterSubmit(Posting(), result).Progress)).At;
    }

    [Fact]
    public void SubmitFailed_AfterTheExpiry_IsUnknown()
    {
        var doubt = Assert.IsType<TaskPhase.BetweenPosts>(Rules.On(Posting(), new TaskEvent.SubmitFailed(), Start).Progress.Phase);
        Assert.True(doubt.IsInDoubt);
        AssertEnded(
            Rules.On(Posting(), new TaskEvent.SubmitFailed(), Ticket.ExpiresAt), JobStatus.SubmissionUnknown, "storage was not available");
    }
}
