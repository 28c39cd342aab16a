using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs;

/// <summary>A job as its durable instance has it.</summary>
/// <param name="Ticket">What it began with.</param>
/// <param name="State">What it is now.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="UpdatedAt">When anything last changed.</param>
public sealed record JobRecord(JobTicket Ticket, JobState State, DateTime CreatedAt, DateTime UpdatedAt)
{
    /// <summary>What its instance says; null when the instance is not a job.</summary>
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

    /// <summary>A job that was started this moment.</summary>
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
                (
                    shown with
                    {
                        Error = JobErrors.Canceled(JobParts.SubmitOf([shown])),
                        EndedAt = ended,
                        NextPollAt = null,
                        WaitingReason = null,
                        ResumeAt = null,
                    }).At(ended, JobStatus.Canceled, JobStages.Done),
            OrchestrationRuntimeStatus.Failed =>
                (
                    shown with
                    {
                        Error = JobErrors.Internal("The job's orchestration failed; the log of the service says why."),
                        EndedAt = ended,
                        NextPollAt = null,
                        WaitingReason = null,
                        ResumeAt = null,
                    }).At(ended, JobStatus.Failed, JobStages.Done),
            _ => shown,
        };
    }
}
