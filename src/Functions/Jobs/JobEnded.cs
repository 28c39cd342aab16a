using System.Text.Json;
using Darkroom.Durable;

namespace Darkroom.Jobs;

/// <summary>The event that a job of a batch sends to the orchestration of its batch when it ends.</summary>
/// <param name="Job">The id of the job.</param>
public sealed record JobEnded(string Job)
{
    public const string EventName = "item";

    /// <summary>The announcement of the job's end for the listeners of the app (<see cref="IFinishedListener"/>).</summary>
    internal static Finished Announcement(JobTicket ticket, JobState end) =>
        new("job", ticket.JobId, JsonNamingPolicy.CamelCase.ConvertName(end.Status.ToString()))
        {
            Attempt = ticket.Attempt,
            IsQueued = ticket.IsAnnounced,
            HasWebhook = ticket.HasWebhook,
        };
}
