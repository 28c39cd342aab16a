using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Darkroom.Api.Events;
using Darkroom.Jobs;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary>
/// <c>GET /api/images/{id}/events</c>: streams the transitions of a job. Each has a number, so a client that reconnects misses none.
/// </summary>
public sealed class ImageEvents(JobAnswers answers, JobWatch watch, WaitingCallers open, DarkroomSettings settings, TimeProvider time)
{
    /// <summary>Streams events until the job has ended.</summary>
    [Function(nameof(ImageEvents))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/images/{id}/events")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (job, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (job is null)
            return refusal!;

        if (!EventIds.TryReadNext(request, out var from))
            return EventIds.Refusal;
        return open.TryOpen() is { } place
            ? new LiveEvents(end => EventsAsync(request, client, id, from, end), place, time)
            : Problem.TooManyWaiting(settings.MaxWaitingCallers);
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync(
        HttpRequest request, DurableTaskClient client, string id, int from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var (job, gate) in watch.LooksAsync(client, id, cancellation))
        {
            if (job is null)
                yield break;

            var view = answers.View(job, gate, request);
            foreach (var entry in job.State.Timeline.Read().Where(entry => entry.N >= from))
            {
                from = entry.N + 1;
                yield return new SseItem<string>(JsonSerializer.Serialize(AsOf(view, entry), StoredJson.Options), "job")
                {
                    EventId = entry.N.ToString(CultureInfo.InvariantCulture),
                };
            }

            if (job.State.Status.IsTerminal())
                yield break;
        }
    }

    // The view as of that transition. Details that belong to a later transition are left out.
    private static JobView AsOf(JobView view, TimelineEntry entry)
    {
        var asOf = view with
        {
            Status = entry.Status,
            Stage = entry.Stage,
            UpdatedAt = entry.At,
            Timeline = [.. view.Timeline.Where(one => one.N <= entry.N)],
        };
        return entry.N == view.Timeline[^1].N
            ? asOf
            : asOf with
            {
                Images = [],
                Error = null,
                Waiting = null,
                Upstream = [],
                Progress = new JobProgress(QueuePosition: null, Polls: 0, NextPollAt: null, EtaSeconds: null, Percent: 0),
            };
    }
}
