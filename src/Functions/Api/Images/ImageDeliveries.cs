using Darkroom.Jobs;
using Darkroom.Storage;
using Darkroom.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary>
/// <c>GET /api/images/{id}/deliveries</c> and <c>POST /api/images/{id}/redeliver</c>: the webhook of a job, and sending it again.
/// </summary>
public sealed class ImageDeliveries(JobAnswers answers, DeliveryStore store, DeliveryStarter starter, WebhookTargets targets)
{
    /// <summary>Lists the latest attempts to deliver the webhook, the oldest first.</summary>
    [Function("ImageDeliveries")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/images/{id}/deliveries")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (job, refusal) = await answers.FindAsync(client, request, id, cancellation);
        return job is null
            ? refusal!
            : Results.Json(new { Items = await store.DeliveriesAsync(id, cancellation) }, StoredJson.Options);
    }

    /// <summary>Sends the webhook for the end of the job again.</summary>
    [Function("RedeliverImage")]
    public async Task<IResult> RedeliverAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/images/{id}/redeliver")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (job, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (job is null)
            return refusal!;
        if (!job.State.Status.IsTerminal())
            return Problem.Conflict("The job has not ended. Its webhook is sent when it ends.");
        if (await targets.OfJobAsync(job.Ticket, cancellation) is null)
            return Problem.Conflict("The job has no webhook, and the service has none for all jobs (Darkroom__WebhookUrl).");

        var order = new DeliveryOrder(DeliveryOrder.Job, id, job.Ticket.Attempt);
        await starter.RedeliverAsync(client, order, cancellation);
        request.HttpContext.Response.Headers.Location = $"/api/images/{id}/deliveries";
        return Results.Json(new { Id = order.MessageId }, StoredJson.Options, statusCode: StatusCodes.Status202Accepted);
    }
}
