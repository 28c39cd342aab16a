using Darkroom.Api.Images;
using Darkroom.Functions.Tests.Jobs;
using Darkroom.Jobs;
using Darkroom.Usage;

namespace Darkroom.Functions.Tests.Api.Images;

/// <summary>What a job costs, as its view shows it.</summary>
public sealed class JobCreditsTests
{
    private static readonly JobState Succeeded = new() { Status = JobStatus.Succeeded, TaskId = "a" };
    private static readonly JobState FailedUpstream = new() { Status = JobStatus.Failed, TaskId = "b" };
    private static readonly JobState Refused = new() { Status = JobStatus.Failed };
    private static readonly JobState Unknown = new() { Status = JobStatus.SubmissionUnknown };

    [Fact]
    public void Credits_RunningJob_AreThoseOfAllItsTasks() =>
        Assert.Equal(CreditRange.Of(3, 3), CreditsOf(new JobState(), SampleJob.Ticket with { Tasks = 3 }));

    [Fact]
    public void Credits_EndedJob_CountWhatMayBeCharged()
    {
        Assert.Equal(CreditRange.Of(1, 1), CreditsOf(Succeeded));
        Assert.Equal(CreditRange.Of(0, 1), CreditsOf(FailedUpstream));
        Assert.Equal(CreditRange.Of(0, 1), CreditsOf(Unknown));
        Assert.Equal(CreditRange.Of(0, 0), CreditsOf(Refused));
        Assert.Equal(CreditRange.Of(0, 0), CreditsOf(Succeeded with { ReusedFrom = "earlier" }));
        var several = new JobState { Status = JobStatus.PartiallySucceeded, Tasks = [Succeeded, FailedUpstream, Refused, Unknown] };
        Assert.Equal(CreditRange.Of(1, 3), CreditsOf(several, SampleJob.Ticket with { Tasks = 4 }));
    }

    private static CreditRange CreditsOf(JobState state, JobTicket? ticket = null) => JobView.Of(
        new JobRecord(ticket ?? SampleJob.Ticket, state, SampleJob.Start, SampleJob.Start),
        gate: null,
        "http://localhost",
        new DateTimeOffset(SampleJob.Start)).Credits;
}
