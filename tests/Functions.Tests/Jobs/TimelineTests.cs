using System.Text.Json;
using Darkroom.Jobs;
using Darkroom.ModelScope.Failures;

namespace Darkroom.Functions.Tests.Jobs;

public sealed class TimelineTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void With_TooManyEntries_DropsTheOldestAndKeepsTheNumbers()
    {
        var timeline = Timeline.Empty;
        for (var i = 0; i < 500; i++)
            timeline = timeline.With(Start.AddSeconds(i), i % 2 == 0 ? JobStatus.Queued : JobStatus.Submitting, "stage");
        var entries = timeline.Read().ToList();
        Assert.Equal(200, entries.Count);
        Assert.Equal((300, 499), (entries[0].N, entries[^1].N));
        Assert.Equal(Start.AddSeconds(300), entries[0].At);
    }

    [Fact]
    public void With_SameStateTwice_AddsOneEntry() =>
        Assert.Single(Timeline.Empty.With(Start, JobStatus.Queued, "a").With(Start.AddSeconds(1), JobStatus.Queued, "a").Read());

    [Fact]
    public void ForStatus_FullTimelineAndLongTexts_FitsIntoACustomStatus()
    {
        var state = new JobState
        {
            // These are the longest possible texts, in a script for which JSON needs six characters per letter.
            Error = JobErrors.UpstreamFailed(new UpstreamReason("Code", new string('猫', 1000)), "FAILED"),
            TaskId = new string('t', 200),
            RequestId = new string('r', 200),
        };
        for (var i = 0; i < 300; i++)
            state = state.At(
                Start.AddSeconds(i),
                i % 2 == 0 ? JobStatus.WaitingForCredits : JobStatus.SubmissionUnknown,
                i % 2 == 0 ? JobStages.WaitingForUpstreamToEnd : JobStages.WaitingForUpstream);
        Assert.InRange(JsonSerializer.Serialize(state.ForStatus()).Length * sizeof(char), 0, 16 * 1024);
    }

    [Theory]
    [InlineData(new[] { JobStatus.Succeeded, JobStatus.Succeeded }, JobStatus.Succeeded)]
    [InlineData(new[] { JobStatus.Succeeded, JobStatus.Failed }, JobStatus.PartiallySucceeded)]
    [InlineData(new[] { JobStatus.Failed, JobStatus.Expired }, JobStatus.Expired)]
    [InlineData(new[] { JobStatus.Failed, JobStatus.SubmissionUnknown }, JobStatus.SubmissionUnknown)]
    [InlineData(new[] { JobStatus.Failed, JobStatus.Failed }, JobStatus.Failed)]
    [InlineData(new[] { JobStatus.Queued, JobStatus.Succeeded }, JobStatus.Generating)]
    [InlineData(new[] { JobStatus.WaitingForCredits, JobStatus.Succeeded }, JobStatus.WaitingForCredits)]
    [InlineData(new[] { JobStatus.Queued, JobStatus.Generating }, JobStatus.Generating)]
    [InlineData(new[] { JobStatus.WaitingForCredits, JobStatus.Queued }, JobStatus.Queued)]
    public void Of_StatusesOfTasks_GivesTheStatusOfTheJob(JobStatus[] tasks, JobStatus job) => Assert.Equal(job, JobStatuses.Of(tasks));
}
