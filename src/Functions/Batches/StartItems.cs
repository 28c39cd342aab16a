using System.Text.Json;
using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>Starts the next items of a batch, each as its own job. A second run finds the jobs that the first run started.</summary>
public sealed class StartItems(BatchStore batches, JobTickets tickets, JobService jobs, DarkroomSettings settings)
{
    private const int AtOnce = 8;

    [Function(nameof(StartItems))]
    public async Task<StartedItems> RunAsync(
        [ActivityTrigger] StartOrder order, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var page = new List<(string Key, BatchItem? Item)>(order.Count);
        var next = order.From;
        await foreach (var (line, behind) in batches.ItemsAsync(order.Items, order.From, cancellation))
        {
            page.Add(Read(line));
            next = behind;
            if (page.Count == order.Count)
                break;
        }

        await Parallel.ForEachAsync(
            page.Select(one => one.Item).OfType<BatchItem>(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (item, token) => await StartAsync(client, order, item, token));
        return new StartedItems([.. page.Select(one => one.Key)], next, settings.Slots);
    }

    // An item that is no longer valid gets no job. The batch later writes it as an error and continues with the others.
    private static (string Key, BatchItem? Item) Read(ReadOnlyMemory<byte> line)
    {
        var key = BatchItem.KeyOf(line.Span);
        try
        {
            return (key, BatchItem.Read(line));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (key, null);
        }
    }

    private async Task StartAsync(DurableTaskClient client, StartOrder order, BatchItem item, CancellationToken cancellation)
    {
        var ticket = tickets.For(BatchItem.JobIdOf(order.BatchId, item.Key), item.Request, order.Caller, order.BatchId) with
        {
            // The time is the same in every run, because the name of the job's index entry contains it.
            CreatedAt = order.At,
            // An explicit expiry counts from the request for the batch. The default expiry counts from the start of the item, because it
            // must not pass during a long batch.
            ExpiresAt = (item.Request.ExpiresInSeconds == JobRequest.DefaultExpirySeconds ? order.At : order.BatchCreatedAt).AddSeconds(
                item.Request.ExpiresInSeconds),
            CustomId = item.CustomId,
        };
        await jobs.StartAsync(client, new NewJob(ticket, item.Request), cancellation);
    }
}

/// <summary>The input of <see cref="StartItems"/>.</summary>
/// <param name="BatchId">The id of the batch.</param>
/// <param name="Items">The name of the blob with its items.</param>
/// <param name="From">The position of the first item, in bytes.</param>
/// <param name="Count">The maximum number of items.</param>
/// <param name="At">The creation time of the jobs.</param>
public sealed record StartOrder(string BatchId, string Items, long From, int Count, DateTime At)
{
    /// <summary>When the batch was requested.</summary>
    public DateTime BatchCreatedAt { get; init; }

    /// <summary>The caller who requested the batch.</summary>
    public string? Caller { get; init; }
}
