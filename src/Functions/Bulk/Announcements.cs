using System.Text.Json;
using Darkroom.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.Bulk;

/// <summary>Tells, on a queue, that what came by a queue is over. At least once: whoever listens tells repeats by the id.</summary>
public sealed class Announcements(Queues queues)
{
    /// <summary>Tells it.</summary>
    [Function(nameof(Announce))]
    public async Task Announce([ActivityTrigger] Announcement announcement, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        var path = announcement.Kind == "batch" ? $"/api/batches/{announcement.Id}" : $"/api/images/{announcement.Id}";
        var message = new
        {
            announcement.Kind,
            announcement.Id,
            announcement.Status,
            Counts = announcement.Counts is { } counts ? new { counts.Succeeded, counts.Failed, counts.Canceled } : null,
            Links = new { self = path },
        };
        await Queues.SendAsync(queues.Results, JsonSerializer.Serialize(message, StoredJson.Options), cancellation);
    }
}

/// <summary>Something is over.</summary>
/// <param name="Kind">A job or a batch.</param>
/// <param name="Id">Which.</param>
/// <param name="Status">What it came to.</param>
public sealed record Announcement(string Kind, string Id, string Status)
{
    /// <summary>Of a batch: how many came to what.</summary>
    public BatchShown? Counts { get; init; }
}
