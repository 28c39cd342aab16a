using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.ModelScope.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;

namespace Darkroom.Queues;

/// <summary>Starts the batches of queue messages; their items are read from a blob.</summary>
public sealed class QueuedBatches(BatchStarter batches, BlobServiceClient storage, DarkroomSettings settings)
{
    /// <summary>Starts a batch; null, or why the message cannot be carried out.</summary>
    public async Task<QueueRefusal?> StartAsync(
        DurableTaskClient client, string id, QueueMessage.Batch wanted, CancellationToken cancellation)
    {
        try
        {
            await using var body = await TryOpenAsync(wanted, cancellation);
            if (body is null)
                return new QueueRefusal(
                    "not-found", [new FieldProblem("batch.blob", "The blob does not exist. Upload it before you send the message.")]);
            var ticket = batches.TicketFor(id, caller: null) with { IsAnnounced = settings.AnnounceResults };
            var start = await batches.StartAsync(client, ticket, body, wanted.Source, cancellation);
            return start switch
            {
                BatchStart.Refused refused => Invalid(refused.Reading),
                BatchStart.OtherBody => QueueRefusal.IdInUse(id),
                _ => null,
            };
        }
        catch (UnreadableBodyException exception)
        {
            return new QueueRefusal(
                exception.IsTooLarge ? "too-large" : "invalid-request",
                [
                    new FieldProblem(
                        exception.Field,
                        exception.IsTooLarge ? $"Is too large: the limit is {exception.Message}. Split the batch." : exception.Message)]);
        }
    }

    // Only here is a missing blob an error of the sender. A blob that is missing later is a fault of Darkroom: the exception makes the
    // queue deliver the message again.
    private async Task<Stream?> TryOpenAsync(QueueMessage.Batch wanted, CancellationToken cancellation)
    {
        try
        {
            var blob = storage.GetBlobContainerClient(wanted.Container).GetBlobClient(wanted.Blob);
            // The client may normalize the names. Only the names that were checked may be read.
            if (blob.BlobContainerName != wanted.Container || blob.Name != wanted.Blob)
                return null;
            return await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound || missing.Status == (int)HttpStatusCode.BadRequest)
        {
            return null;
        }
    }

    private static QueueRefusal Invalid(BatchReading reading) => reading.Invalid == 0
        ? new QueueRefusal("invalid-request", [new FieldProblem("batch.blob", "Contains no items. Put at least one into the blob.")])
        : new QueueRefusal(
            "invalid-request",
            [.. reading.Problems.Select(problem => new FieldProblem($"line {problem.Line}", $"{problem.Field}: {problem.Message}"))]);
}
