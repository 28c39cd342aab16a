using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs;

/// <summary>A job as read from its durable instance.</summary>
/// <param name="Ticket">The input of its orchestration.</param>
/// <param name="State">Its current state.</param>
/// <param name="CreatedAt">When it was requested.</param>
/// <param name="UpdatedAt">When its instance last changed.</param>
public sealed record JobRecord(JobTicket Ticket, JobState State, DateTime CreatedAt, DateTime UpdatedAt)
{
    /// <summary>Reads a job from an instance; null if the instance is not a job.</summary>
    public static JobRecord? Of(OrchestrationMetadata instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (instance.Name is not (nameof(GenerateImage) or nameof(GenerateImages)) || instance.ReadInputAs<JobTicket>() is not { } ticket)
            return null;
        return new JobRecord(
            ticket,
            StateOf(instance, ticket),
            DateTime.SpecifyKind(ticket.CreatedAt, DateTimeKind.Utc),
            instance.LastUpdatedAt.UtcDateTime);
    }

    /// <summary>The record of a job that has just been started.</summary>
    public static JobRecord Begun(JobTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return new JobRecord(ticket, FirstState(ticket), ticket.CreatedAt, ticket.CreatedAt);
    }

    private static JobState FirstState(JobTicket ticket) =>
        ticket.Carried?.State ?? new()
        {
            Attempt = ticket.Attempt,
            Timeline = ticket.FirstTimeline(),
            QueuedAt = ticket.ResubmittedAt ?? ticket.CreatedAt,
        };

    private static JobState StateOf(OrchestrationMetadata instance, JobTicket ticket)
    {
        if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed && instance.ReadOutputAs<JobState>() is { } output)
            return output;

        var shown = instance.ReadCustomStatusAs<JobState>() ?? FirstState(ticket);
        var ended = instance.LastUpdatedAt.UtcDateTime;
        return instance.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Terminated =>
                Ended(shown, ended, JobStatus.Canceled, JobErrors.Canceled(JobParts.SubmitOf([shown]))),
            OrchestrationRuntimeStatus.Failed => Ended(
                shown, ended, JobStatus.Failed, JobErrors.Internal("The job's orchestration failed; the log of the service says why.")),
            _ => shown,
        };
    }

    private static JobState Ended(JobState shown, DateTime at, JobStatus status, JobError error)
    {
        var ended = shown with { Error = error, EndedAt = at, NextPollAt = null, WaitingReason = null, ResumeAt = null };
        return ended.At(at, status, JobStages.Done);
    }
}
