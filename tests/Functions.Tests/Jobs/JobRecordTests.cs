using System.Text.Json;
using Darkroom.Jobs;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace Darkroom.Functions.Tests.Jobs;

/// <summary>The state of a job as read from its durable instance.</summary>
public sealed class JobRecordTests
{
    private static readonly DateTime Start = SampleJob.Start;

    private static readonly DateTimeOffset Later = new(Start.AddMinutes(5));

    private static readonly JobTicket Ticket = SampleJob.Ticket;

    [Fact]
    public void Of_OtherOrchestration_IsNull()
    {
        Assert.Null(JobRecord.Of(Instance("GenerateBatch", OrchestrationRuntimeStatus.Running)));
        Assert.Null(JobRecord.Of(new OrchestrationMetadata(nameof(GenerateImage), "job") { DataConverter = JsonDataConverter.Default }));
    }

    [Fact]
    public void Of_PendingJob_IsQueued()
    {
        var job = JobRecord.Of(Instance(nameof(GenerateImage), OrchestrationRuntimeStatus.Pending))!;
        Assert.Equal((JobStatus.Queued, JobStages.WaitingForSlot, Start), (job.State.Status, job.State.Stage, job.CreatedAt));
        Assert.Equal(JsonSerializer.Serialize(JobRecord.Begun(Ticket).State), JsonSerializer.Serialize(job.State));
    }

    [Fact]
    public void Of_RunningJob_IsItsCustomStatus()
    {
        var shown = new JobState { Status = JobStatus.Generating, Stage = JobStages.WaitingForUpstream, TaskId = "task" };
        var job = JobRecord.Of(Instance(nameof(GenerateImages), OrchestrationRuntimeStatus.Running, shown))!;
        Assert.Equal((JobStatus.Generating, "task", Later.UtcDateTime), (job.State.Status, job.State.TaskId, job.UpdatedAt));
    }

    [Fact]
    public void Of_JobBetweenTwoGenerations_IsTheCarriedProgress()
    {
        var carried = new TaskProgress(new JobState { Status = JobStatus.Generating, TaskId = "task" }, Turn: 1, new TaskPhase.Queued());
        var job = JobRecord.Of(
            Instance(nameof(GenerateImage), OrchestrationRuntimeStatus.Running, ticket: Ticket with { Carried = carried }))!;
        Assert.Equal((JobStatus.Generating, "task"), (job.State.Status, job.State.TaskId));
    }

    [Fact]
    public void Of_CompletedJob_IsItsOutput()
    {
        var shown = new JobState { Status = JobStatus.Generating };
        var output = new JobState { Status = JobStatus.Succeeded, Stage = JobStages.Done };
        var job = JobRecord.Of(Instance(nameof(GenerateImage), OrchestrationRuntimeStatus.Completed, shown, output))!;
        Assert.Equal(JobStatus.Succeeded, job.State.Status);
    }

    [Theory]
    [InlineData(null, "nothing was paid")]
    [InlineData("task", "may be made and paid for")]
    public void Of_TerminatedJob_IsCanceledAndReportsWhetherItWasSubmitted(string? task, string detail)
    {
        var shown = new JobState { Status = task is null ? JobStatus.Queued : JobStatus.Generating, TaskId = task, NextPollAt = Start };
        var job = JobRecord.Of(Instance(nameof(GenerateImage), OrchestrationRuntimeStatus.Terminated, shown))!;
        Assert.Equal((JobStatus.Canceled, Later.UtcDateTime, null), (job.State.Status, job.State.EndedAt!.Value, job.State.NextPollAt));
        Assert.Contains(detail, job.State.Error!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FailedOrchestration_IsAnInternalFailure()
    {
        var job = JobRecord.Of(
            Instance(nameof(GenerateImage), OrchestrationRuntimeStatus.Failed, new JobState { Status = JobStatus.Submitting }))!;
        Assert.Equal((JobStatus.Failed, "internal"), (job.State.Status, job.State.Error!.Name));
    }

    private static OrchestrationMetadata Instance(
        string name, OrchestrationRuntimeStatus status, JobState? shown = null, JobState? output = null, JobTicket? ticket = null) =>
        new(name, "job")
        {
            DataConverter = JsonDataConverter.Default,
            RuntimeStatus = status,
            CreatedAt = new DateTimeOffset(Start),
            LastUpdatedAt = Later,
            SerializedInput = JsonSerializer.Serialize(ticket ?? Ticket),
            SerializedCustomStatus = shown is null ? null : JsonSerializer.Serialize(shown),
            SerializedOutput = output is null ? null : JsonSerializer.Serialize(output),
        };
}
