using Darkroom.Batches;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Batches;

/// <summary><c>GET /api/batches/{id}/results</c> and <c>/errors</c>: one line for each ended item, in order of completion.</summary>
public sealed class BatchFiles(BatchStore batches, BatchAnswers answers, TimeProvider time)
{
    /// <summary>The items that succeeded, with their pictures.</summary>
    [Function("BatchResults")]
    public Task<IResult> ResultsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/batches/{id}/results")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        AnswerAsync(request, client, id, batches.Results(id), cancellation);

    /// <summary>The items that did not succeed, each with the reason.</summary>
    [Function("BatchErrors")]
    public Task<IResult> ErrorsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/batches/{id}/errors")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        AnswerAsync(request, client, id, batches.Errors(id), cancellation);

    private async Task<IResult> AnswerAsync(
        HttpRequest request, DurableTaskClient client, string id, ResultsFile file, CancellationToken cancellation)
    {
        var (batch, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (batch is null)
            return refusal!;
        ResponseTimeout.Limit(request.HttpContext, time);
        return Results.Stream(stream => file.CopyToAsync(stream, request.HttpContext.RequestAborted), "application/x-ndjson");
    }
}
