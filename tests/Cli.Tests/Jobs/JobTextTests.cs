using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Tests.Jobs;

public sealed class JobTextTests
{
    private static readonly Job Queued = new() { Id = "j1", Status = "queued" };

    [Fact]
    public void Doing_EachStatus_GivesAShortText()
    {
        Assert.Equal("queued", JobText.Doing(Queued));
        Assert.Equal("queued, number 3", JobText.Doing(Queued with { Progress = new JobProgress { QueuePosition = 3 } }));
        Assert.Equal("generating, 40 %", JobText.Doing(Queued with { Status = "generating", Progress = new JobProgress { Percent = 40 } }));
        Assert.Equal("canceling", JobText.Doing(Queued with { CancelRequested = true }));
        Assert.Equal("canceled", JobText.Doing(Queued with { Status = "canceled", CancelRequested = true }));
        Assert.Equal("something a newer server says", JobText.Doing(Queued with { Status = "something a newer server says" }));
    }

    [Fact]
    public void Doing_WaitingJob_IncludesReasonAndTime()
    {
        var waiting = Queued with
        {
            Status = "waitingForCredits",
            Waiting = new JobWaiting("The day's quota is used up.", new DateTimeOffset(2026, 11, 21, 16, 0, 0, TimeSpan.Zero)),
        };

        Assert.Equal("waiting for credits: The day's quota is used up. Until 2026-11-21 16:00:00Z.", JobText.Doing(waiting));
    }

    [Fact]
    public void Failure_DetailContainsTheUpstreamMessage_PrintsItOnce()
    {
        var failed = Queued with
        {
            Status = "failed",
            Error = new Problem
            {
                Type = "/docs/errors#upstream-failed",
                Detail = "ModelScope says: no.",
                UpstreamMessage = "no",
                Retryable = true,
            },
        };

        Assert.Equal(["ModelScope says: no.", "upstream-failed; a retry can succeed."], JobText.Failure(failed));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1700, "2 KB")]
    [InlineData(1_720_000, "1.7 MB")]
    public void Size_Bytes_IsRounded(long bytes, string told) => Assert.Equal(told, JobText.Size(bytes));
}
