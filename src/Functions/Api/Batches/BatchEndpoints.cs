using Darkroom.Batches;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Batches;

/// <summary><c>GET</c> and <c>DELETE /api/batches/{id}</c>: the truth about a batch, and its end before its time.</summary>
public sealed class BatchEndpoints(BatchStore batches, BatchAnswers answers)
{
    /// <summary>Tells it.</summary>
    [Function("GetBatch")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/batches/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (batch, refusal) = await answers.FindAsync(client, request, id, cancellation);
        return batch is null ? refusal! : await answers.AnswerAsync(client, batch, request, cancellation);
    }

    /// <summary>Gives it up: nothing is submitted any more. Of a batch that is over it changes nothing.</summary>
    [Function("CancelBatch")]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/batches/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var late = request.Query["late"].ToString();
        if (late is not ("" or "keep" or "discard"))
            return Problem.Invalid(
                "late", "Must be \"discard\" (the usual) or \"keep\": what becomes of pictures that upstream still finishes.");
        var (batch, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (batch is null)
            return refusal!;
        if (!batch.Shown.IsFinished)
        {
            // First the mark, which every submit looks at; then the word, which may have to wait its turn.
            await batches.MarkCanceledAsync(id, late == "keep", cancellation);
            try
            {
                await client.RaiseEventAsync(
                    id, BatchMessage.EventName, new BatchMessage(BatchMessageKind.Cancel) { KeepsLate = late == "keep" }, cancellation);
                batch = batch with { Shown = batch.Shown with { CancelRequested = true } };
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // It ended this instant. The truth is read anew.
                batch = await BatchReader.TryGetAsync(client, id, cancellation) ?? batch;
                if (!batch.Shown.IsFinished)
                    throw;
            }
        }

        return await answers.AnswerAsync(client, batch, request, cancellation);
    }
}
