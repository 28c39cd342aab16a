using Azure;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary><c>GET /api/images</c>: lists jobs, newest first, in pages.</summary>
public sealed class ListImages(JobIndex index, JobAnswers answers, GateStatusCache gateStatus)
{
    // A filter that matches almost nothing must not read the whole index in one request: the page ends early, and the next one continues.
    private const int MaxLooks = 1000;
    private const int LooksAtOnce = 16;

    [Function(nameof(ListImages))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/images")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (ListQuery.Read(request, out var query) is { } refusal)
            return refusal;

        try
        {
            return await ListAsync(request, client, query, cancellation);
        }
        catch (RequestFailedException forged) when (forged.Status == StatusCodes.Status400BadRequest && query.After is { Marker: not null })
        {
            return Problem.Invalid("continuationToken", "Is not valid. Use the continuationToken of the previous page, or none.");
        }
    }

    private async Task<IResult> ListAsync(HttpRequest request, DurableTaskClient client, ListQuery query, CancellationToken cancellation)
    {
        var gate = await gateStatus.ReadAsync(client, cancellation);
        var items = new List<JobView>();
        var looked = 0;
        JobIndexPosition? last = null;
        await foreach (var chunk in Chunks(query, cancellation))
        {
            var jobs = await Task.WhenAll(
                chunk.Select(async entry => (entry, job: await JobReader.TryGetAsync(client, entry.JobId, cancellation))));
            foreach (var (entry, job) in jobs)
            {
                // An index entry without its job is left over from a crash, or from a start that lost a race; the winner has its own entry.
                if (job is not null && job.CreatedAt == entry.CreatedAt && Callers.MaySee(request, job.Ticket.Caller)
                        && answers.View(job, gate, request) is var view && query.Fits(view, job))
                {
                    if (items.Count == query.Top)
                        return Page(items, last);
                    items.Add(view);
                }

                last = entry.Place;
            }

            looked += chunk.Count;
            if (looked >= MaxLooks)
                return Page(items, last);
        }

        return Page(items, after: null);
    }

    private async IAsyncEnumerable<List<JobIndexEntry>> Chunks(
        ListQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var chunk = new List<JobIndexEntry>();
        await foreach (var entry in index.ListAsync(query.From, query.To, query.After, cancellation))
        {
            chunk.Add(entry);
            if (chunk.Count < LooksAtOnce)
                continue;
            yield return chunk;
            chunk = [];
        }

        if (chunk.Count > 0)
            yield return chunk;
    }

    private static IResult Page(List<JobView> items, JobIndexPosition? after) =>
        Results.Json(new { items, continuationToken = after?.ToString() }, StoredJson.Options);
}
