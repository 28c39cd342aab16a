using System.Globalization;
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
    private const int MaxItems = 500;
    private const int UsualItems = 50;

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

    private sealed record ListQuery(
        JobStatus? Status, string? Batch, string? Tag, string? Model, DateTime? From, DateTime? To, int Top, JobIndexPosition? After)
    {
        public bool Fits(JobView view, JobRecord job) =>
            (Status is null || view.Status == Status) && (Batch is null || job.Ticket.Batch == Batch)
                && (Tag is null || job.Ticket.Tags.Contains(Tag, StringComparer.Ordinal))
                && (Model is null || view.Request["model"]?.GetValue<string>() == Model);

        public static IResult? Read(HttpRequest request, out ListQuery query)
        {
            query = new ListQuery(null, Text(request, "batch"), Text(request, "tag"), Text(request, "model"), null, null, UsualItems, null);
            if (Text(request, "status") is { } status)
            {
                if (!Enum.TryParse<JobStatus>(status, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted)
                        || char.IsAsciiDigit(status[0]))
                    return Problem.Invalid("status", "Must be one of the states of a job, such as queued or succeeded.");
                query = query with { Status = wanted };
            }

            if (Text(request, "top") is { } top)
            {
                if (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MaxItems)
                    return Problem.Invalid("top", $"Must be a whole number from 1 to {MaxItems}.");
                query = query with { Top = number };
            }

            foreach (var name in new[] { "from", "to" })
            {
                if (Text(request, name) is not { } text)
                    continue;
                if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                    return Problem.Invalid(name, "Must be a time such as 2026-11-21T09:30:00Z.");
                query = name == "from" ? query with { From = at.UtcDateTime } : query with { To = at.UtcDateTime };
            }

            if (!JobIndexPosition.TryParse(Text(request, "continuationToken"), out var after))
                return Problem.Invalid("continuationToken", "Is not valid. Use the continuationToken of the previous page, or none.");
            query = query with { After = after };
            return null;
        }

        private static string? Text(HttpRequest request, string name) =>
            request.Query[name].ToString() is { Length: > 0 } text ? text : null;
    }
}
