using System.Text.Json;
using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>Starts the next items of a batch, each as a job of its own. Run again, it finds every job it started before.</summary>
public sealed class StartItems(BatchStore batches, JobTickets tickets, JobService jobs, DarkroomSettings settings)
{
    private const int AtOnce = 8;

    /// <summary>Starts them.</summary>
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

    // One that passes the rules no more gets no job: its batch finds that out, writes it down as an error, and goes on with the others.
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
            // The same at every run, and with it the name of the job's card.
            CreatedAt = order.At,
            // A time that was asked for counts from when it was asked for; the usual one must not run out while the batch is long.
            ExpiresAt = (item.Request.ExpiresInSeconds == JobRequest.DefaultExpirySeconds ? order.At : order.BatchCreatedAt).AddSeconds(
                item.Request.ExpiresInSeconds),
            CustomId = item.CustomId,
        };
        await jobs.StartAsync(client, new NewJob(ticket, item.Request), cancellation);
    }
}

/// <summary>What <see cref="StartItems"/> is told.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Items">The blob of its items.</param>
/// <param name="From">Where the first of them begins.</param>
/// <param name="Count">How many at most.</param>
/// <param name="At">When they begin.</param>
public sealed record StartOrder(string BatchId, string Items, long From, int Count, DateTime At)
{
    /// <summary>When the batch was asked for.</summary>
    public DateTime BatchCreatedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? Caller { get; init; }
}
