using System.Text.Json;
using Darkroom.Durable;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;

namespace Darkroom.Queues;

/// <summary>
/// Sends a message to the queue <c>darkroom-results</c> when a job or batch that came from a queue has ended. A message may be sent more
/// than once; receivers recognize a repeat by the id.
/// </summary>
public sealed class Announcements(StorageQueues queues) : IFinishedListener
{
    /// <inheritdoc/>
    public async Task HandleAsync(DurableTaskClient client, Finished finished, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(finished);
        if (!finished.IsQueued)
            return;
        var path = finished.Kind == "batch" ? $"/api/batches/{finished.Id}" : $"/api/images/{finished.Id}";
        var message = new
        {
            finished.Kind,
            finished.Id,
            finished.Status,
            finished.Counts,
            Links = new { self = path },
        };
        await StorageQueues.SendAsync(queues.Results, JsonSerializer.Serialize(message, StoredJson.Options), cancellation);
    }
}
