using System.Diagnostics;
using Darkroom.Jobs;
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
public sealed class QueuedJobs(JobTickets tickets, JobService jobs, QueuedBatches batches, PoisonMessages poison, DarkroomSettings settings)
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
        var refusal = QueueMessage.Read(message, settings.DefaultModel, settings.BatchContainers, WebhookRules.Of(settings)) switch
        {
            QueueMessage.Job job => await StartJobAsync(client, job.GivenId ?? IdOf(messageId), job.Request, cancellation),
            QueueMessage.Batch batch => await batches.StartAsync(client, batch.GivenId ?? IdOf(messageId), batch, cancellation),
            QueueMessage.Invalid invalid => new QueueRefusal("invalid-request", invalid.Problems),
            _ => throw new UnreachableException(),
        };
        if (refusal is not null)
            await poison.SendAsync(messageId, message, refusal.Reason, refusal.Problems, cancellation);
    }

    private static string IdOf(string messageId) => JobIds.Of($"queue\n{messageId}", caller: null);

    private async Task<QueueRefusal?> StartJobAsync(DurableTaskClient client, string id, JobRequest wanted, CancellationToken cancellation)
    {
        var ticket = tickets.For(id, wanted, caller: null) with { IsAnnounced = settings.AnnounceResults };
        var start = await jobs.StartAsync(client, new NewJob(ticket, wanted) { IdFrom = IdSource.Caller }, cancellation);
        // If the job exists or was purged, the message was delivered again after it was carried out.
        return start is JobStart.OtherRequest ? QueueRefusal.IdInUse(id) : null;
    }
}
