using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>Tries the failures of a batch again, as a batch of its own. What an earlier retry has taken up is that one's.</summary>
public sealed class BatchRetry(BatchStore batches, BatchFamily families, BatchStarter starter, TimeProvider time)
{
    private const int LooksAtOnce = 16;

    /// <summary>Starts the child, where there is anything to try.</summary>
    /// <param name="client">The engine.</param>
    /// <param name="parent">The batch whose failures are tried again.</param>
    /// <param name="includeUnknown">Whether also those that may have been accepted, and so may be paid for twice.</param>
    /// <param name="keyHash">Tells whether two calls are one.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<RetryStart> StartAsync(
        DurableTaskClient client, BatchTicket parent, bool includeUnknown, string? keyHash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(parent);
        if (await families.FindAsync(parent, cancellation) is not { } family)
            return new RetryStart(RetryOutcome.IsGone);
        await StartAllAsync(client, family, cancellation);
        if (keyHash is not null && family.FirstOrDefault(child => child.InputHash == keyHash && child.Parent == parent.BatchId) is { } same)
            return new RetryStart(RetryOutcome.Started) { Child = same };

        var failed = await StillFailedAsync(client, family, includeUnknown, cancellation);
        if (failed.Count == 0)
            return new RetryStart(RetryOutcome.NothingFailed);

        // By its number: two calls at once mean the same child, and one of them starts it.
        var id = JobIds.Of($"retry\n{family[0].BatchId}\n{family.Count}", parent.Caller);
        var items = $"{BatchStore.NewFolder(id)}/items.jsonl";
        if (await CopyAsync(parent.Items, items, failed, cancellation) is not (var count and > 0))
            return new RetryStart(RetryOutcome.NothingFailed);
        var ticket = new BatchTicket
        {
            BatchId = id,
            Items = items,
            InputHash = keyHash,
            Total = count,
            ExpectedSeconds = parent.ExpectedSeconds * count / Math.Max(1, parent.Total),
            CreatedAt = time.GetUtcNow().UtcDateTime,
            Caller = parent.Caller,
            Parent = parent.BatchId,
        };
        // First the link, then the batch: a child that nobody knew of would be tried again by the next.
        await batches.AddChildAsync(parent.BatchId, id, cancellation);
        var (first, isOrigin) = await starter.StartOnceAsync(client, ticket, cancellation);
        if (isOrigin)
            return new RetryStart(RetryOutcome.Started) { Child = ticket };
        await batches.RemoveAsync([items]);
        // One of another part of the family was faster; what it left over is there to be tried the next time.
        return first.Parent == parent.BatchId
            ? new RetryStart(RetryOutcome.Started) { Child = first }
            : new RetryStart(RetryOutcome.NothingFailed);
    }

    // One that was decided on, and whose start was cut off, would keep its items for ever.
    private async Task StartAllAsync(DurableTaskClient client, IEnumerable<BatchTicket> family, CancellationToken cancellation)
    {
        foreach (var child in family.Where(one => one.Parent is not null))
        {
            if (await client.GetInstanceAsync(child.BatchId, cancellation) is null
                    && !await batches.WasThereAsync(child.BatchId, cancellation))
                await starter.StartOnceAsync(client, child, cancellation);
        }
    }

    // The latest batch that had an item says what became of it.
    private async Task<HashSet<string>> StillFailedAsync(
        DurableTaskClient client, IReadOnlyList<BatchTicket> tries, bool includeUnknown, CancellationToken cancellation)
    {
        var failedIn = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var batch in tries)
        {
            if (batch != tries[0])
            {
                await foreach (var (line, _) in batches.ItemsAsync(batch.Items, 0, cancellation))
                    failedIn.Remove(BatchItem.KeyOf(line.Span));
            }

            await foreach (var line in batches.Errors(batch.BatchId).AllAsync(cancellation))
            {
                if (line.Outcome == ItemOutcome.Failed || (includeUnknown && line.Outcome == ItemOutcome.Unknown))
                    failedIn[line.Key] = batch.BatchId;
            }
        }

        var failed = new HashSet<string>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(failedIn, options, async (item, token) =>
        {
            // Somebody may have resubmitted one by itself since.
            var job = await JobReader.TryGetAsync(client, BatchItem.JobIdOf(item.Value, item.Key), token);
            if (job is not null && (job.State.Status == JobStatus.Succeeded || !job.State.Status.IsTerminal()))
                return;
            lock (failed)
                failed.Add(item.Key);
        });
        return failed;
    }

    private async Task<int> CopyAsync(string from, string to, HashSet<string> keys, CancellationToken cancellation)
    {
        using var upload = new BlockUpload(batches.Blob(to));
        var count = 0;
        await foreach (var (line, _) in batches.ItemsAsync(from, 0, cancellation))
        {
            if (!keys.Contains(BatchItem.KeyOf(line.Span)))
                continue;
            await upload.WriteAsync(line, cancellation);
            await upload.WriteAsync("\n"u8.ToArray(), cancellation);
            count++;
        }

        if (count > 0)
            await upload.CommitAsync("application/x-ndjson", cancellation);
        return count;
    }
}

/// <summary>What came of wanting to try again.</summary>
public sealed record RetryStart(RetryOutcome Outcome)
{
    /// <summary>The batch that tries.</summary>
    public BatchTicket? Child { get; init; }
}

/// <summary>What came of wanting to try again.</summary>
public enum RetryOutcome
{
    /// <summary>There is a batch that does.</summary>
    Started,

    /// <summary>Nothing is failed that nobody tries already.</summary>
    NothingFailed,

    /// <summary>A batch that tried before was purged: what it made, and paid for, is not known any more.</summary>
    IsGone,
}
