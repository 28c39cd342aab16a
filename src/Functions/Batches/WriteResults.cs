using System.Text.Json;
using Darkroom.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>Writes down what became of items: a line each, in the results or in the errors, never both and never twice.</summary>
public sealed class WriteResults(BatchStore batches)
{
    /// <summary>Of items whose jobs are over.</summary>
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

    /// <summary>Of items that are given up before they were begun.</summary>
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
            // Given up it is all the same.
            return (key, null);
        }
    }

    // No line: it runs, because it was told too early, or somebody resubmitted it by itself.
    private static async Task<(string Key, ReadOnlyMemory<byte>? Line)> LookAsync(
        DurableTaskClient client, string batchId, string key, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(BatchItem.JobIdOf(batchId, key), getInputsAndOutputs: true, cancellation);
        if (instance is null || JobRecord.Of(instance) is not { } job)
            return (key, ResultLines.Gone(batchId, key));
        // Without the cast "null" would become a line of no bytes.
        return (key, instance.IsCompleted ? ResultLines.Of(batchId, key, job) : (ReadOnlyMemory<byte>?)null);
    }
}

/// <summary>What <see cref="WriteResults"/> is told.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Keys">Items that are over.</param>
/// <param name="ResultsAt">How long the results were.</param>
/// <param name="ErrorsAt">How long the errors were.</param>
public sealed record WriteOrder(string BatchId, IReadOnlyList<string> Keys, long ResultsAt, long ErrorsAt);

/// <summary>What is told of items to give up.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Items">The blob of its items.</param>
/// <param name="From">Where the first of them begins.</param>
/// <param name="Count">How many at most.</param>
/// <param name="ResultsAt">How long the results were.</param>
/// <param name="ErrorsAt">How long the errors were.</param>
public sealed record GiveUpOrder(string BatchId, string Items, long From, int Count, long ResultsAt, long ErrorsAt);
