using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Darkroom.Api.Events;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Batches;

/// <summary><c>GET /api/batches/{id}/events</c>: streams the batch whenever its counts change, until it has finished.</summary>
public sealed class BatchEvents(
    BatchAnswers answers, BatchWatch watch, WaitingCallers open, DarkroomSettings settings, TimeProvider time)
{
    [Function(nameof(BatchEvents))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/batches/{id}/events")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (batch, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (batch is null)
            return refusal!;
        if (!EventIds.TryReadNext(request, out var from))
            return EventIds.Refusal;
        return open.TryOpen() is { } place
            ? new LiveEvents(end => EventsAsync(client, id, from, end), place, time)
            : Problem.TooManyWaiting(settings.MaxWaitingCallers);
    }

    // Each event contains the whole view, so a change between two reads is not lost. The event id is the version of the state.
    private async IAsyncEnumerable<SseItem<string>> EventsAsync(
        DurableTaskClient client, string id, int from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (batch, view) in watch.ChangesAsync(client, id, cancellation))
        {
            if (batch.Shown.Version < from && view.Status != BatchStatus.Finished)
                continue;
            yield return new SseItem<string>(JsonSerializer.Serialize(view, StoredJson.Options), "batch")
            {
                EventId = batch.Shown.Version.ToString(CultureInfo.InvariantCulture),
            };
        }
    }
}
