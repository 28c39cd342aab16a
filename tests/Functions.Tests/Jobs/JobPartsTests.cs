using Darkroom.Jobs;

namespace Darkroom.Functions.Tests.Jobs;

/// <summary>The combined state of a job with several tasks.</summary>
public sealed class JobPartsTests
{
    private static readonly DateTime Start = SampleJob.Start;

    private static readonly JobTicket Ticket = SampleJob.Ticket with { Tasks = 3 };

    [Fact]
    public void Missing_KeptTask_IsLeftOut()
    {
        var kept = new Dictionary<int, JobState> { [1] = Of(JobStatus.Succeeded) };
        Assert.Equal([0, 2], new JobParts(Ticket with { Kept = kept }, Start).Missing);
    }

    [Fact]
    public void Apply_SeveralTasks_ShowsTheStageOfTheFurthestTask()
    {
        var parts = new JobParts(Ticket, Start);
        parts.Apply(
            new PartState(
                1, Of(JobStatus.Generating) with { Stage = JobStages.WaitingForUpstream, Polls = 2, NextPollAt = Start.AddSeconds(9) }),
            Start);
        parts.Apply(new PartState(2, Of(JobStatus.Submitting) with { Stage = JobStages.Posting, Polls = 1 }), Start);
        Assert.Equal(
            (JobStatus.Generating, JobStages.WaitingForUpstream, 3, Start.AddSeconds(9)),
            (parts.Shown.Status, parts.Shown.Stage, parts.Shown.Polls, parts.Shown.NextPollAt!.Value));
    }

    [Fact]
    public void Apply_AllTasksEnded_DoesNotEndTheJobYet()
    {
        var parts = new JobParts(Ticket, Start);
        for (var task = 0; task < 3; task++)
            parts.Apply(new PartState(task, Of(JobStatus.Succeeded)), Start);
        Assert.False(parts.Shown.Status.IsTerminal());
    }

    [Theory]
    [InlineData(JobStatus.Succeeded, JobStatus.Succeeded, JobStatus.Succeeded, null)]
    [InlineData(JobStatus.PartiallySucceeded, JobStatus.Succeeded, JobStatus.Failed, "why 2")]
    [InlineData(JobStatus.SubmissionUnknown, JobStatus.Failed, JobStatus.SubmissionUnknown, "why 2")]
    [InlineData(JobStatus.Failed, JobStatus.Failed, JobStatus.Failed, "why 0")]
    public void End_StatusesOfTasks_GiveTheStatusAndItsError(JobStatus end, JobStatus others, JobStatus last, string? error)
    {
        var parts = new JobParts(Ticket, Start);
        JobStatus[] statuses = [others, others, last];
        var ended = parts.End(statuses.Select((status, task) => new PartState(task, Of(status, $"why {task}"))), Start.AddMinutes(1));
        Assert.Equal((end, error, 3), (ended.Status, ended.Error?.Detail, ended.Tasks.Count));
        Assert.Equal(Start.AddMinutes(1), ended.EndedAt);
    }

    [Fact]
    public void Cancel_BeforeAndAfterASubmit_ReportsWhetherAnythingWasSubmitted()
    {
        var parts = new JobParts(Ticket, Start);
        parts.Cancel();
        Assert.Contains("nothing was paid", parts.Shown.WaitingReason, StringComparison.Ordinal);
        parts.Apply(new PartState(0, Of(JobStatus.Generating) with { TaskId = "task" }), Start);
        parts.Cancel();
        Assert.Contains("may be made and paid for", parts.Shown.WaitingReason, StringComparison.Ordinal);
    }

    private static JobState Of(JobStatus status, string? why = null) => new()
    {
        Status = status,
        Error = status == JobStatus.Succeeded || why is null ? null : JobErrors.Internal(why),
    };
}
