using Darkroom.Batches;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Batches;

/// <summary><c>GET</c> and <c>DELETE /api/batches/{id}</c>: returns a batch, and cancels it.</summary>
public sealed class BatchEndpoints(BatchStore batches, BatchAnswers answers)
{
    [Function("GetBatch")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/batches/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (batch, refusal) = await answers.FindAsync(client, request, id, cancellation);
        return batch is null ? refusal! : await answers.AnswerAsync(client, batch, request, cancellation);
    }

    /// <summary>Cancels a batch: nothing more is submitted. A batch that has finished does not change.</summary>
    [Function("CancelBatch")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/batches/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var late = request.Query["late"].ToString();
        if (late is not ("" or "keep" or "discard"))
            return Problem.Invalid(
                "late", "Must be \"discard\" (the default) or \"keep\". It applies to pictures that ModelScope finishes after the cancel.");
        var (batch, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (batch is null)
            return refusal!;
        if (!batch.Shown.IsFinished)
        {
            // The mark comes first, because every submit checks it. The event may wait behind other events of the batch.
            await batches.MarkCanceledAsync(id, late == "keep", cancellation);
            try
            {
                await client.RaiseEventAsync(
                    id, BatchMessage.EventName, new BatchMessage(BatchMessageKind.Cancel) { KeepsLate = late == "keep" }, cancellation);
                batch = batch with { Shown = batch.Shown with { CancelRequested = true } };
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The batch may have finished at this moment, so its state is read again.
                batch = await BatchReader.TryGetAsync(client, id, cancellation) ?? batch;
                if (!batch.Shown.IsFinished)
                    throw;
            }
        }

        return await answers.AnswerAsync(client, batch, request, cancellation);
    }
}
