using Darkroom.Batches;
using Darkroom.Gate;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Batches;

/// <summary>Builds responses with a batch: 202 while it runs, 200 after its end.</summary>
public sealed class BatchAnswers(BatchStore batches, DarkroomSettings settings, TimeProvider time, GateStatusCache gateStatus)
{
    /// <summary>Finds a batch, or returns the response that says why not. A batch of another caller counts as not found.</summary>
    public async Task<(BatchRecord? Batch, IResult? Refusal)> FindAsync(
        DurableTaskClient client, HttpRequest request, string id, CancellationToken cancellation)
    {
        var batch = await BatchReader.TryGetAsync(client, id, cancellation);
        if (batch is not null && Callers.MaySee(request, batch.Ticket.Caller))
            return (batch, null);
        var wasThere = batch is null && Requests.JobIds.IsValid(id) && await batches.ExistedAsync(id, cancellation);
        return (
            null,
            wasThere ? Problem.BatchGone(id) : Problem.NotFound("There is no batch with this id, or its input is still being read."));
    }

    public async Task<BatchView> ViewAsync(DurableTaskClient client, BatchRecord batch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var gate = batch.Shown.IsFinished ? null : await gateStatus.ReadAsync(client, cancellation);
        return BatchView.Of(batch, await batches.ChildrenAsync(batch.Ticket.BatchId, cancellation), gate, time.GetUtcNow().UtcDateTime);
    }

    public async Task<IResult> AnswerAsync(DurableTaskClient client, BatchRecord batch, HttpRequest request, CancellationToken cancellation)
    {
        var view = await ViewAsync(client, batch, cancellation);
        return Results.Json(
            view, StoredJson.Options, statusCode: Headers(request, view.Id, view.Status == BatchStatus.Finished, view.EtaSeconds));
    }

    /// <summary>The response to a request that starts or retries a batch.</summary>
    public IResult Begun(HttpRequest request, BatchTicket ticket, bool isFinished = false)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var code = Headers(request, ticket.BatchId, isFinished, etaSeconds: null);
        return Results.Json(
            new { Id = ticket.BatchId, ticket.Total, ticket.Skipped, ticket.Parent, Links = new BatchLinks(ticket.BatchId) },
            StoredJson.Options,
            statusCode: code);
    }

    private int Headers(HttpRequest request, string id, bool isFinished, int? etaSeconds)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (isFinished)
            return StatusCodes.Status200OK;
        var headers = request.HttpContext.Response.Headers;
        headers.Location = $"/api/batches/{id}";
        // A large batch changes slowly, so clients should ask less often: after about a twentieth of the remaining time.
        headers.RetryAfter = RetryAfterHeader.Seconds((etaSeconds ?? 0) / 20.0, settings).ToString();
        return StatusCodes.Status202Accepted;
    }
}
