using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Darkroom.Api.Batches;
using Darkroom.Api.Images;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Events;

/// <summary>
/// The states that <c>GET /api/events</c> streams. Each event is the whole state, and the first one comes at once. So a client that
/// reconnects needs no event ids: it gets the present states, and misses nothing that still counts.
/// </summary>
public sealed class FollowedStates(JobWatch jobs, BatchWatch batches, JobAnswers answers, GateStates gate)
{
    /// <summary>
    /// The states of a job until it has ended. A job that is not there, or belongs to another caller, is reported as missing.
    /// </summary>
    public async IAsyncEnumerable<SseItem<string>> JobAsync(
        HttpRequest request, DurableTaskClient client, string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (job, status) in jobs.ChangesAsync(client, id, cancellation))
        {
            if (job is null || !Callers.MaySee(request, job.Ticket.Caller))
            {
                yield return Missing("job", id);
                yield break;
            }

            yield return Event("job", answers.View(job, status, request));
        }
    }

    /// <summary>The states of a batch until it has finished, or that it is missing.</summary>
    public async IAsyncEnumerable<SseItem<string>> BatchAsync(
        HttpRequest request, DurableTaskClient client, string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var isThere = false;
        await foreach (var (batch, view) in batches.ChangesAsync(client, id, cancellation))
        {
            if (!Callers.MaySee(request, batch.Ticket.Caller))
                break;
            isThere = true;
            yield return Event("batch", view);
        }

        if (!isThere)
            yield return Missing("batch", id);
    }

    /// <summary>The states of the gate, without an end.</summary>
    public IAsyncEnumerable<SseItem<string>> GateAsync(DurableTaskClient client, CancellationToken cancellation) =>
        gate.ChangesAsync(client, cancellation);

    private static SseItem<string> Missing(string kind, string id) => Event("missing", new MissingView(kind, id));

    private static SseItem<string> Event<T>(string type, T data) => new(JsonSerializer.Serialize(data, StoredJson.Options), type);

    private sealed record MissingView(string Kind, string Id);
}
