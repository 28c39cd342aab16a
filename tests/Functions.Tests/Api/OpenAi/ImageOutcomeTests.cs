using Darkroom.Api.OpenAi;
using Darkroom.Functions.Tests.Jobs;
using Darkroom.Jobs;
using Darkroom.Jobs.Calls;
using Darkroom.Jobs.Poll;

namespace Darkroom.Functions.Tests.Api.OpenAi;

/// <summary>What a client of the OpenAI API gets for each state of a job.</summary>
public sealed class ImageOutcomeTests
{
    [Theory]
    [InlineData("invalid-request", 400, "invalid_request_error", "invalid_request", TryState.Answered)]
    [InlineData("content-rejected", 400, "invalid_request_error", "content_policy_violation", TryState.Answered)]
    [InlineData("unauthorized", 401, "authentication_error", "invalid_api_key", TryState.Answered)]
    [InlineData("model-unavailable", 404, "invalid_request_error", "model_not_found", TryState.Answered)]
    [InlineData("credits-exhausted", 429, "insufficient_quota", "insufficient_quota", TryState.Answered)]
    [InlineData("upstream-unavailable", 502, "server_error", "upstream_unavailable", TryState.Failed)]
    [InlineData("upstream-failed", 502, "server_error", "upstream_failed", TryState.Failed)]
    [InlineData("submission-unknown", 502, "server_error", "submission_unknown", TryState.Failed)]
    [InlineData("picture-unavailable", 502, "server_error", "picture_unavailable", TryState.Failed)]
    [InlineData("picture-rejected", 502, "server_error", "picture_rejected", TryState.Failed)]
    [InlineData("deadline-exceeded", 504, "server_error", "deadline_exceeded", TryState.Failed)]
    [InlineData("canceled", 409, "server_error", "canceled", TryState.Failed)]
    [InlineData("internal", 500, "server_error", "internal", TryState.Failed)]
    public void Of_FailedJob_IsTheErrorOfItsKind(string name, int status, string type, string code, TryState ends)
    {
        var error = new JobError(name, "Title", "Detail.", Retryable: true);
        var failed = Assert.IsType<ImageOutcome.Failed>(Of(new JobState { Status = JobStatus.Failed, Error = error }));
        Assert.Equal((status, type, code), (failed.Error.Status, failed.Error.Type, failed.Error.Code));
        Assert.Equal(ends, failed.Ends);
        Assert.True(failed.Error.IsFinal);
        Assert.Contains("job", failed.Error.Message, StringComparison.Ordinal);
        Assert.Equal(name == "model-unavailable" ? "model" : null, failed.Error.Param);
    }

    [Theory]
    [InlineData(JobStatus.Queued)]
    [InlineData(JobStatus.Submitting)]
    [InlineData(JobStatus.Generating)]
    [InlineData(JobStatus.Saving)]
    [InlineData(JobStatus.WaitingForCredits)]
    public void Of_RunningJob_IsATimeoutThatLeavesTheCallOpen(JobStatus status)
    {
        var failed = Assert.IsType<ImageOutcome.Failed>(Of(new JobState { Status = status, WaitingReason = "It waits." }));
        Assert.Equal((504, "timeout", TryState.Unanswered), (failed.Error.Status, failed.Error.Code, failed.Ends));
        Assert.True(failed.Error.IsFinal);
        Assert.Contains("It waits.", failed.Error.Message, StringComparison.Ordinal);
        Assert.Contains("/api/images/job", failed.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobStatus.Succeeded)]
    [InlineData(JobStatus.PartiallySucceeded)]
    public void Of_JobWithPictures_IsItsPicturesInOrder(JobStatus status)
    {
        var pictures = Assert.IsType<ImageOutcome.Pictures>(Of(new JobState { Status = status, Pictures = [PictureOf(1), PictureOf(0)] }));
        Assert.Equal([0, 1], pictures.Saved.Select(picture => picture.Index));
    }

    [Fact]
    public void Of_FailedJobOfSeveralTasks_IsTheErrorOfATask()
    {
        var task = new JobState { Status = JobStatus.Failed, Error = new JobError("content-rejected", "T", "D.", Retryable: false) };
        var failed = Assert.IsType<ImageOutcome.Failed>(Of(new JobState { Status = JobStatus.Failed, Tasks = [task, task] }));
        Assert.Equal("content_policy_violation", failed.Error.Code);
    }

    private static ImageOutcome Of(JobState state) =>
        ImageOutcome.Of(new JobRecord(SampleJob.Ticket, state, SampleJob.Start, SampleJob.Start));

    private static SavedPicture PictureOf(int index) => new()
    {
        Index = index,
        Blob = $"{index}.png",
        ContentType = "image/png",
        Width = 8,
        Height = 8,
        Bytes = 1,
        Sha256 = "00",
    };
}
