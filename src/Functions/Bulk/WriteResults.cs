using System.Text.Json;
using Darkroom.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Bulk;

/// <summary>Writes down what became of items: a line each, in the results or in the errors, never both and never twice.</summary>
public sealed class WriteResults(BatchStore batches)
{
    /// <summary>Of items whose jobs are over.</summary>
    [Function(nameof(WriteResults))]
    public async Task<WrittenItems> RunAsync([ActivityTrigger] WriteOrder order, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (results, errors) = (batches.Results(order.BatchId), batches.Errors(order.BatchId));
        var (resultsLength, resultsThere) = await results.OpenAsync(order.ResultsAt, cancellation);
        var (errorsLength, errorsThere) = await errors.OpenAsync(order.ErrorsAt, cancellation);
        var written = resultsThere.Concat(errorsThere).ToList();
        var there = written.Select(line => line.Key).ToHashSet(StringComparer.Ordinal);

        var found = await Task.WhenAll(order.Keys.Where(key => !there.Contains(key)).Select(key => LookAsync(client, order.BatchId, key, cancellation)));
        var lines = found.Where(one => one.Line is not null).Select(one => (Text: one.Line!.Value, Read: WrittenLine.Read(one.Line!.Value))).ToArray();
        written.AddRange(lines.Select(line => line.Read));
        return new WrittenItems(
            order.Keys.Count,
            await results.AppendAsync(resultsLength, [.. lines.Where(line => line.Read.Outcome == ItemOutcome.Succeeded).Select(line => line.Text)], cancellation),
            await errors.AppendAsync(errorsLength, [.. lines.Where(line => line.Read.Outcome != ItemOutcome.Succeeded).Select(line => line.Text)], cancellation))
        {
            Succeeded = written.Count(line => line.Outcome == ItemOutcome.Succeeded),
            Failed = written.Count(line => line.Outcome is ItemOutcome.Failed or ItemOutcome.Unknown),
            Unknown = written.Count(line => line.Outcome == ItemOutcome.Unknown),
            Canceled = written.Count(line => line.Outcome == ItemOutcome.Canceled),
            StillRunning = [.. found.Where(one => one.Line is null).Select(one => one.Key)],
        };
    }

    /// <summary>Of items that are given up before they were begun.</summary>
    [Function(nameof(GiveUpItems))]
    public async Task<GivenUpItems> GiveUpItems([ActivityTrigger] GiveUpOrder order, CancellationToken cancellation)
    {
        var errors = batches.Errors(order.BatchId);
        var (length, written) = await errors.OpenAsync(order.ErrorsAt, cancellation);
        var there = written.Select(line => line.Key).ToHashSet(StringComparer.Ordinal);
        var lines = new List<ReadOnlyMemory<byte>>();
        var (count, next) = (0, order.From);
        await foreach (var (line, behind) in batches.ItemsAsync(order.Items, order.From, cancellation))
        {
            var (key, customId) = Read(line);
            if (!there.Contains(key))
                lines.Add(ResultLines.Canceled(order.BatchId, key, customId));
            next = behind;
            if (++count == order.Count)
                break;
        }

        return new GivenUpItems(count, next, await errors.AppendAsync(length, lines, cancellation));
    }

    private static (string Key, string? CustomId) Read(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        return (BatchItem.KeyOf(line.Span), json.RootElement.TryGetProperty("customId", out var id) ? id.GetString() : null);
    }

    // No line: it runs, because it was told too early, or somebody resubmitted it by itself.
    private static async Task<(string Key, ReadOnlyMemory<byte>? Line)> LookAsync(DurableTaskClient client, string batchId, string key, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(BatchItem.JobIdOf(batchId, key), getInputsAndOutputs: true, cancellation);
        if (instance is null || JobRecord.Of(instance) is not { } job)
            return (key, ResultLines.Gone(batchId, key));
        return (key, instance.IsCompleted ? ResultLines.Of(batchId, key, job) : null);
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
/// <param name="ErrorsAt">How long the errors were.</param>
public sealed record GiveUpOrder(string BatchId, string Items, long From, int Count, long ErrorsAt);
