using System.Text.Json;
using Darkroom.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>Writes one line per item, to the results or to the errors: never to both, and never twice.</summary>
public sealed class WriteResults(BatchStore batches)
{
    /// <summary>Writes the lines of items whose jobs have ended.</summary>
    [Function(nameof(WriteResults))]
    public async Task<WrittenItems> RunAsync(
        [ActivityTrigger] WriteOrder order, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var place = await ResultsPage.OpenAsync(batches, order.BatchId, order.ResultsAt, order.ErrorsAt, order.Keys, cancellation);
        var found = await Task.WhenAll(order.Keys.Where(place.Misses).Select(key => LookAsync(client, order.BatchId, key, cancellation)));
        return await place.WriteAsync([.. found.Where(one => one.Line is not null).Select(one => one.Line!.Value)], cancellation) with
        {
            StillRunning = [.. found.Where(one => one.Line is null).Select(one => one.Key)],
        };
    }

    /// <summary>Writes the lines of items that are given up before they were started.</summary>
    [Function(nameof(GiveUpItems))]
    public async Task<GivenUpItems> GiveUpItems([ActivityTrigger] GiveUpOrder order, CancellationToken cancellation)
    {
        var page = new List<(string Key, string? CustomId)>();
        var next = order.From;
        await foreach (var (line, behind) in batches.ItemsAsync(order.Items, order.From, cancellation))
        {
            page.Add(Read(line));
            next = behind;
            if (page.Count == order.Count)
                break;
        }

        var place = await ResultsPage.OpenAsync(
            batches, order.BatchId, order.ResultsAt, order.ErrorsAt, [.. page.Select(item => item.Key)], cancellation);
        var written = await place.WriteAsync(
            [.. page.Where(item => place.Misses(item.Key)).Select(item => ResultLines.Canceled(order.BatchId, item.Key, item.CustomId))],
            cancellation);
        return new GivenUpItems(written, next);
    }

    private static (string Key, string? CustomId) Read(ReadOnlyMemory<byte> line)
    {
        var key = BatchItem.KeyOf(line.Span);
        try
        {
            using var json = BatchItem.Parse(line);
            return (key, json.RootElement.TryGetProperty("customId", out var id) ? id.GetString() : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The item is given up, so its content does not matter.
            return (key, null);
        }
    }

    // No line means that the job still runs: its message came too early, or the job was resubmitted on its own.
    private static async Task<(string Key, ReadOnlyMemory<byte>? Line)> LookAsync(
        DurableTaskClient client, string batchId, string key, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(BatchItem.JobIdOf(batchId, key), getInputsAndOutputs: true, cancellation);
        if (instance is null || JobRecord.Of(instance) is not { } job)
            return (key, ResultLines.Gone(batchId, key));
        // Without the cast, null would become an empty line instead of no line.
        return (key, instance.IsCompleted ? ResultLines.Of(batchId, key, job) : (ReadOnlyMemory<byte>?)null);
    }
}

/// <summary>The input of <see cref="WriteResults"/>.</summary>
/// <param name="BatchId">The id of the batch.</param>
/// <param name="Keys">The keys of items whose jobs have ended.</param>
/// <param name="ResultsAt">The known length of the results, in bytes.</param>
/// <param name="ErrorsAt">The known length of the errors, in bytes.</param>
public sealed record WriteOrder(string BatchId, IReadOnlyList<string> Keys, long ResultsAt, long ErrorsAt);

/// <summary>The input of <see cref="WriteResults.GiveUpItems"/>.</summary>
/// <param name="BatchId">The id of the batch.</param>
/// <param name="Items">The name of the blob with its items.</param>
/// <param name="From">The position of the first item, in bytes.</param>
/// <param name="Count">The maximum number of items.</param>
/// <param name="ResultsAt">The known length of the results, in bytes.</param>
/// <param name="ErrorsAt">The known length of the errors, in bytes.</param>
public sealed record GiveUpOrder(string BatchId, string Items, long From, int Count, long ResultsAt, long ErrorsAt);
