using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.Gate;
using Darkroom.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Batches;

/// <summary><c>POST /api/batches</c>: starts a batch from a list of requests.</summary>
public sealed class PostBatches(BatchStarter starter, BatchAnswers answers, DarkroomSettings settings, QueueLimit limit)
{
    /// <summary>Starts a batch, or returns the batch of the idempotency key. With <c>?validate=only</c> it only checks the body.</summary>
    [Function(nameof(PostBatches))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/batches")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RequestBodies.AnswerAsync(request, () => AnswerAsync(request, client, cancellation), cancellation);

    private async Task<IResult> AnswerAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        if (!IdempotencyKeys.TryRead(request, out var key))
            return IdempotencyKeys.Refusal;
        if (BatchFormats.Of(request.ContentType) is not var (format, charset))
            return Problem.UnsupportedMediaType(BatchFormats.All);
        var (onInvalid, validate) = (request.Query["onInvalid"].ToString(), request.Query["validate"].ToString());
        if (onInvalid is not ("" or "reject" or "skip"))
            return Problem.Invalid("onInvalid", "Must be \"reject\" (the default) or \"skip\".");
        if (validate is not ("" or "only"))
            return Problem.Invalid("validate", "Must be \"only\".");
        if (request.ContentLength > BatchLimits.MaxBytes)
            return Problem.TooLarge(BatchLimits.MaxBytesText);

        var (webhook, refusal) = ReadWebhook(request, format);
        if (refusal is not null)
            return refusal;

        var source = new BatchSource(format, charset, Skips: onInvalid == "skip") { Webhook = webhook };
        try
        {
            return validate == "only"
                ? await ValidateAsync(request, source, cancellation)
                : await StartAsync(request, client, key, source, cancellation);
        }
        catch (UnreadableBodyException exception) when (exception.IsTooLarge)
        {
            return Problem.TooLarge(exception.Message);
        }
        catch (UnreadableBodyException exception)
        {
            return BatchProblems.Unreadable(exception);
        }
    }

    // JSON has a place for the webhook in the body. In the other forms it is in the query, which has no place for a secret.
    private (JobWebhook? Webhook, IResult? Refusal) ReadWebhook(HttpRequest request, BatchFormat format)
    {
        if (!request.Query.TryGetValue(JobWebhook.FieldName, out var url))
            return (null, null);
        if (format == BatchFormat.Json)
            return (null, Problem.Invalid(JobWebhook.FieldName, "Put webhook into the JSON body, beside items or matrix."));
        var (webhook, problems) = WebhookRules.Of(settings).ReadUrl(url.ToString());
        return webhook is null ? (null, Problem.Invalid([.. problems])) : (webhook, null);
    }

    private async Task<IResult> StartAsync(
        HttpRequest request, DurableTaskClient client, string? key, BatchSource source, CancellationToken cancellation)
    {
        var caller = Callers.Of(request);
        // The same key may belong to a job and to a batch, so the two must have different ids.
        var ticket = starter.TicketFor(key is null ? JobIds.New() : JobIds.Of($"batch\n{key}", caller), caller);
        var hasEntered = await limit.TryEnterAsync(client, tasks: 1, cancellation);
        if (!hasEntered && (key is null || await BatchReader.TryGetAsync(client, ticket.BatchId, cancellation) is null))
            return Problem.TooManyQueued(settings.MaxQueued);

        var isStarted = false;
        try
        {
            var start = await starter.StartAsync(client, ticket, request.Body, source, cancellation);
            isStarted = start is BatchStart.Started;
            return Answer(request, ticket, start);
        }
        finally
        {
            if (hasEntered && !isStarted)
                limit.Leave(tasks: 1);
        }
    }

    private IResult Answer(HttpRequest request, BatchTicket ticket, BatchStart start)
    {
        switch (start)
        {
            case BatchStart.Started started:
                return answers.Begun(request, started.Ticket);
            case BatchStart.Refused refused:
                return BatchProblems.Invalid(refused.Reading);
            case BatchStart.Existing existing:
                request.HttpContext.Response.Headers[IdempotencyKeys.ReplayedHeader] = "true";
                return answers.Begun(request, existing.Batch.Ticket, existing.Batch.Shown.IsFinished);
            case BatchStart.Purged:
                return Problem.BatchGone(ticket.BatchId);
            default:
                return Problem.KeyReuse($"batch {ticket.BatchId}");
        }
    }

    private async Task<IResult> ValidateAsync(HttpRequest request, BatchSource source, CancellationToken cancellation)
    {
        try
        {
            var (reading, estimate) = await starter.ValidateAsync(JobIds.New(), request.Body, source, cancellation);
            return Results.Json(
                new
                {
                    reading.Total,
                    Invalid = reading.Problems,
                    InvalidLines = reading.Invalid,
                    estimate.Credits,
                    EtaSeconds = estimate.SecondsWith(settings),
                },
                StoredJson.Options);
        }
        catch (UnreadableBodyException exception) when (!exception.IsTooLarge)
        {
            // A validation returns the problem as a result with status 200, not as an error.
            var problem = new LineProblem(exception.Line ?? 1, exception.Field, exception.Message);
            return Results.Json(
                new { Total = 0, Invalid = new[] { problem }, InvalidLines = 1, Credits = new { Min = 0, Max = 0 }, EtaSeconds = 0 },
                StoredJson.Options);
        }
    }
}
