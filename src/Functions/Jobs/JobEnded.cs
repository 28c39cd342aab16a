using System.Text.Json;
using Darkroom.Durable;

namespace Darkroom.Jobs;

/// <summary>The event that a job of a batch sends to the orchestration of its batch when it is over.</summary>
/// <param name="Job">The job.</param>
public sealed record JobEnded(string Job)
{
    /// <summary>The name of the event.</summary>
    public const string EventName = "item";

    /// <summary>What the listeners of the app are told.</summary>
    internal static Finished Announcement(JobTicket ticket, JobState end) =>
        new("job", ticket.JobId, JsonNamingPolicy.CamelCase.ConvertName(end.Status.ToString()));
}
