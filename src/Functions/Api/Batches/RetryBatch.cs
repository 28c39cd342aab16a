using Darkroom.Batches;
using Darkroom.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Batches;

/// <summary><c>POST /api/batches/{id}/retry</c>: starts a batch with the failed items of this one.</summary>
public sealed class RetryBatch(BatchRetry retry, BatchAnswers answers)
{
    [Function(nameof(RetryBatch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/batches/{id}/retry")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var include = request.Query["include"].ToString();
        if (include is not ("" or "unknown"))
            return Problem.Invalid(
                "include",
                "Must be \"unknown\". It also retries items whose submit has an unknown outcome; these may be paid for twice.");
        if (!IdempotencyKeys.TryRead(request, out var key))
            return IdempotencyKeys.Refusal;
        var (batch, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (batch is null)
            return refusal!;

        var keyHash = key is null ? null : CanonicalRequest.Hash($"{key}\n{include}");
        var start = await retry.StartAsync(client, batch.Ticket, include == "unknown", keyHash, cancellation);
        return start switch
        {
            RetryStart.Started started => answers.Begun(request, started.Child),
            RetryStart.FamilyPurged =>
                Problem.Conflict(
                    "This batch and its retries belong together, and one of them was purged, so it is unknown which items succeeded "
                        + "there. Send the missing items as a new batch."),
            _ => Problem.Conflict("This batch has no failed items, or all of them are already being retried."),
        };
    }
}
