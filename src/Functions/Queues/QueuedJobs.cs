using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.Jobs;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Queues;

/// <summary>
/// The trigger of the queue <c>darkroom-jobs</c>: starts the job or batch of a message. A message is delivered at least once. The id of the
/// job follows from the message (the id that the sender chose, or the id of the message), so repeated deliveries start one job.
/// </summary>
public sealed class QueuedJobs(
    JobTickets tickets, JobService jobs, BatchStarter batches, BlobServiceClient storage, PoisonMessages poison, DarkroomSettings settings)
{
    [Function(nameof(QueuedJobs))]
    public async Task RunAsync(
        [QueueTrigger(StorageQueues.JobsName)] string message,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(context);
        // Every host provides the id of a message. Without it the hash is used, and messages with the same text count as one.
        var messageId = context.BindingContext.BindingData.GetValueOrDefault("Id") as string is { Length: > 0 } own
            ? own.Trim('"')
            : CanonicalRequest.Hash(message);
        await TakeAsync(client, messageId, message, cancellation);
    }

    internal async Task TakeAsync(DurableTaskClient client, string messageId, string message, CancellationToken cancellation)
    {
        var wanted = QueueMessage.Read(message, settings.DefaultModel, settings.InboxContainers);
        var id = wanted.GivenId ?? JobIds.Of($"queue\n{messageId}", caller: null);
        var refusal = wanted switch
        {
            { Problems.Count: > 0 } => new Refusal("invalid-request", wanted.Problems),
            { Job: { } job } => await StartJobAsync(client, id, job, cancellation),
            _ => await StartBatchAsync(client, id, wanted, cancellation),
        };
        if (refusal is not null)
            await poison.SendAsync(messageId, message, refusal.Reason, refusal.Problems, cancellation);
    }

    private async Task<Refusal?> StartJobAsync(DurableTaskClient client, string id, JobRequest wanted, CancellationToken cancellation)
    {
        var ticket = tickets.For(id, wanted, caller: null) with { IsAnnounced = settings.AnnounceResults };
        var start = await jobs.StartAsync(client, new NewJob(ticket, wanted) { IdFrom = IdSource.Caller }, cancellation);
        // If the job exists or was purged, the message was delivered again after it was carried out.
        return start is JobStart.OtherRequest ? IdInUse(id) : null;
    }

    private async Task<Refusal?> StartBatchAsync(DurableTaskClient client, string id, QueueMessage wanted, CancellationToken cancellation)
    {
        try
        {
            await using var body = await TryOpenAsync(wanted, cancellation);
            if (body is null)
                return new Refusal(
                    "not-found", [new FieldProblem("batch.blob", "The blob does not exist. Upload it before you send the message.")]);
            var ticket = batches.TicketFor(id, caller: null) with { IsAnnounced = settings.AnnounceResults };
            var start = await batches.StartAsync(client, ticket, body, wanted.Source!, cancellation);
            return start switch
            {
                BatchStart.Refused refused => Invalid(refused.Reading),
                BatchStart.OtherBody => IdInUse(id),
                _ => null,
            };
        }
        catch (UnreadableBodyException exception)
        {
            return new Refusal(
                exception.IsTooLarge ? "too-large" : "invalid-request",
                [
                    new FieldProblem(
                        exception.Field,
                        exception.IsTooLarge ? $"Is too large: the limit is {exception.Message}. Split the batch." : exception.Message)]);
        }
    }

    // Only here is a missing blob an error of the sender. A blob that is missing later is a fault of Darkroom: the exception makes the
    // queue deliver the message again.
    private async Task<Stream?> TryOpenAsync(QueueMessage wanted, CancellationToken cancellation)
    {
        try
        {
            var blob = storage.GetBlobContainerClient(wanted.Container).GetBlobClient(wanted.Blob);
            // The client may normalize the names. Only the names that were checked may be read.
            if (blob.BlobContainerName != wanted.Container || blob.Name != wanted.Blob)
                return null;
            return await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation);
        }
        catch (RequestFailedException missing) when (missing.Status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.BadRequest)
        {
            return null;
        }
    }

    private static Refusal IdInUse(string id) =>
        new(
            "idempotency-key-reuse",
            [new FieldProblem("id", $"\"{id}\" is already in use for a different request. Use a new id.")]);

    private static Refusal Invalid(BatchReading reading) => reading.Invalid == 0
        ? new Refusal("invalid-request", [new FieldProblem("batch.blob", "Contains no items. Put at least one into the blob.")])
        : new Refusal(
            "invalid-request",
            [.. reading.Problems.Select(problem => new FieldProblem($"line {problem.Line}", $"{problem.Field}: {problem.Message}"))]);

    private sealed record Refusal(string Reason, IReadOnlyList<FieldProblem> Problems);
}
