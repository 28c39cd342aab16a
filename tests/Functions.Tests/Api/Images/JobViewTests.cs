using Darkroom.Api.Images;
using Darkroom.Functions.Tests.Jobs;
using Darkroom.Gate;
using Darkroom.Jobs;

namespace Darkroom.Functions.Tests.Api.Images;

/// <summary>What a caller reads of a job.</summary>
public sealed class JobViewTests
{
    private static readonly DateTime Start = SampleJob.Start;

    private static readonly JobTicket Ticket = SampleJob.Ticket with { Batch = "batch" };

    [Theory]
    [InlineData("other,job", 2)]
    [InlineData("job.1,other", 1)]
    [InlineData("jobs,job-2", null)]
    public void QueuePosition_OfAWaitingJob_IsItsPlaceAtTheGate(string next, int? position) =>
        Assert.Equal(position, View(new JobState(), new GateSnapshot { Next = next.Split(',') }).Progress.QueuePosition);

    [Fact]
    public void QueuePosition_OfASubmittedJob_IsNone() =>
        Assert.Null(
            View(
                new JobState { Status = JobStatus.Generating, SubmittedAt = Start },
                new GateSnapshot { Next = ["job"] }).Progress.QueuePosition);

    [Fact]
    public void Progress_OfAGeneratingJob_IsTheShareOfTheExpectedTime()
    {
        var state = new JobState { Status = JobStatus.Generating, SubmittedAt = Start, ExpectedAt = Start.AddSeconds(10) };
        var progress = View(state, now: Start.AddSeconds(4)).Progress;
        Assert.Equal((40, 6), (progress.Percent, progress.EtaSeconds));
        Assert.Equal(
            (99, 0), (View(state, now: Start.AddSeconds(60)).Progress.Percent, View(state, now: Start.AddSeconds(60)).Progress.EtaSeconds));
    }

    [Fact]
    public void Progress_OfAJobThatIsOver_IsComplete() =>
        Assert.Equal(100, View(new JobState { Status = JobStatus.Canceled, EndedAt = Start }).Progress.Percent);

    [Theory]
    [InlineData(CoolDownReason.Credits, JobStatus.WaitingForCredits)]
    [InlineData(CoolDownReason.Quota, JobStatus.WaitingForCredits)]
    [InlineData(CoolDownReason.Throttled, JobStatus.Queued)]
    public void Status_OfAWaitingJobDuringACoolDown_NamesTheReason(CoolDownReason reason, JobStatus status)
    {
        var view = View(new JobState(), new GateSnapshot { CoolDown = new CoolDown(reason, Start.AddHours(1)) });
        Assert.Equal((status, Start.AddHours(1)), (view.Status, view.Waiting!.ResumeAt!.Value));
        Assert.NotEmpty(view.Waiting.Reason);
    }

    [Theory]
    [InlineData(CoolDownReason.Credits, false)]
    [InlineData(CoolDownReason.Quota, false)]
    [InlineData(CoolDownReason.Throttled, true)]
    public void Status_OfAJobThatAProviderBillsDuringACoolDown_WaitsOnlyForThrottling(CoolDownReason reason, bool waits)
    {
        var gate = new GateSnapshot { CoolDown = new CoolDown(reason, Start.AddHours(1)) };
        var view = View(new JobState(), gate, ticket: Ticket with { IsBilledByProvider = true });
        Assert.Equal((JobStatus.Queued, waits), (view.Status, view.Waiting is not null));
    }

    [Fact]
    public void Reason_OfAnEarlierCoolDownOfAnotherKind_IsReplaced()
    {
        var state = new JobState { WaitingReason = "Too many requests.", Stage = JobStages.CoolingDown };
        var reason = View(state, new GateSnapshot { CoolDown = new CoolDown(CoolDownReason.Credits, Start) }).Waiting!.Reason;
        Assert.Contains("modelscope.cn", reason, StringComparison.Ordinal);
        state = state with { CancelRequested = true };
        Assert.Equal(
            "Too many requests.", View(state, new GateSnapshot { CoolDown = new CoolDown(CoolDownReason.Credits, Start) }).Waiting!.Reason);
    }

    [Fact]
    public void Status_OfAGeneratingJobDuringACoolDown_IsItsOwn() => Assert.Equal(
        JobStatus.Generating,
        View(
            new JobState { Status = JobStatus.Generating },
            new GateSnapshot { CoolDown = new CoolDown(CoolDownReason.Credits, Start) }).Status);

    [Fact]
    public void Timings_AddUpToTheTotal()
    {
        var state = new JobState
        {
            Status = JobStatus.Succeeded,
            SubmittedAt = Start.AddSeconds(2),
            TimeTakenMs = 5000,
            EndedAt = Start.AddSeconds(8),
        };
        var timings = View(state).Timings;
        Assert.Equal((2000, 5000, 1000, 8000), (timings.QueuedMs, timings.UpstreamMs!.Value, timings.OverheadMs!.Value, timings.TotalMs));
    }

    [Fact]
    public void Links_LeadToTheJobAndItsDurableInstance()
    {
        var view = View(new JobState());
        Assert.Equal(("/api/images/job", "/api/images/job/events", "batch"), (view.Links.Self, view.Links.Events, view.Batch));
        Assert.Equal("http://host/runtime/webhooks/durabletask/instances/job", view.Durable.StatusQueryGetUri);
    }

    private static JobView View(JobState state, GateSnapshot? gate = null, DateTime? now = null, JobTicket? ticket = null) =>
        JobView.Of(new JobRecord(ticket ?? Ticket, state, Start, Start), gate, "http://host", new DateTimeOffset(now ?? Start));
}
