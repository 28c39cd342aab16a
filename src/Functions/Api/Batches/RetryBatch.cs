using Darkroom.Batches;
using Darkroom.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Batches;

/// <summary><c>POST /api/batches/{id}/retry</c>: a batch of what failed.</summary>
public sealed class RetryBatch(BatchRetry retry, BatchAnswers answers)
{
    /// <summary>Starts it, where anything is failed.</summary>
    [Function(nameof(RetryBatch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/batches/{id}/retry")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var include = request.Query["include"].ToString();
        if (include is not ("" or "unknown"))
            return Problem.Invalid(
                "include",
                "Must be \"unknown\": also items of which nobody knows whether upstream accepted them, which may be paid for twice.");
        if (!IdempotencyKeys.TryRead(request, out var key))
            return IdempotencyKeys.Refusal;
        var (batch, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (batch is null)
            return refusal!;

        var keyHash = key is null ? null : CanonicalRequest.Hash($"{key}\n{include}");
        var start = await retry.StartAsync(client, batch.Ticket, include == "unknown", keyHash, cancellation);
        return start.Outcome switch
        {
            RetryOutcome.Started => answers.Begun(request, start.Child!),
            RetryOutcome.IsGone =>
                Problem.Conflict(
                    "A batch that this one tries again, or one that tried it again, was purged: what it made is not known any more. Send "
                        + "what is still missing as a new batch."),
            _ => Problem.Conflict("Nothing in this batch is failed that is not being tried again already."),
        };
    }
}
