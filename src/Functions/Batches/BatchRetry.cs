using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>Retries the failures of a batch, as a new batch. Items that an earlier retry has taken over are left to that retry.</summary>
public sealed class BatchRetry(BatchStore batches, BatchFamily families, BatchStarter starter, TimeProvider time)
{
    private const int LooksAtOnce = 16;

    /// <summary>Starts the child batch, if there is anything to retry.</summary>
    /// <param name="client">The durable client.</param>
    /// <param name="parent">The batch whose failures are retried.</param>
    /// <param name="includeUnknown">Whether to include items that may have been accepted, and so may be paid for twice.</param>
    /// <param name="keyHash">Identifies repeated calls: calls with the same hash get the same child. Null for none.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<RetryStart> StartAsync(
        DurableTaskClient client, BatchTicket parent, bool includeUnknown, string? keyHash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(parent);
        if (await families.FindAsync(parent, cancellation) is not { } family)
            return new RetryStart.FamilyPurged();
        await StartAllAsync(client, family, cancellation);
        if (keyHash is not null && family.FirstOrDefault(child => child.InputHash == keyHash && child.Parent == parent.BatchId) is { } same)
            return new RetryStart.Started(same);

        var failed = await StillFailedAsync(client, family, includeUnknown, cancellation);
        if (failed.Count == 0)
            return new RetryStart.NothingFailed();

        // The id contains the number of the retry, so that two concurrent calls mean the same child, and only one of them starts it.
        var id = JobIds.Of($"retry\n{family[0].BatchId}\n{family.Count}", parent.Caller);
        var items = $"{BatchStore.NewFolder(id)}/items.jsonl";
        if (await CopyAsync(parent.Items, items, failed, cancellation) is not (var count and > 0))
            return new RetryStart.NothingFailed();
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
            HasWebhook = parent.HasWebhook,
            Webhook = parent.Webhook,
        };
        // Write the link before the batch. The next retry would not find a child without a link, and would retry the same items.
        await batches.AddChildAsync(parent.BatchId, id, cancellation);
        var (first, isOrigin) = await starter.StartOnceAsync(client, ticket, cancellation);
        if (isOrigin)
            return new RetryStart.Started(ticket);
        await batches.RemoveAsync([items]);
        // A retry of another batch of the family was faster. The next retry can try what it left over.
        return first.Parent == parent.BatchId
            ? new RetryStart.Started(first)
            : new RetryStart.NothingFailed();
    }

    // A child whose start was interrupted after its ticket was written would keep its items for ever, so it is started here.
    private async Task StartAllAsync(DurableTaskClient client, IEnumerable<BatchTicket> family, CancellationToken cancellation)
    {
        foreach (var child in family.Where(one => one.Parent is not null))
        {
            if (await client.GetInstanceAsync(child.BatchId, cancellation) is null
                    && !await batches.ExistedAsync(child.BatchId, cancellation))
                await starter.StartOnceAsync(client, child, cancellation);
        }
    }

    // The latest batch that contains an item has the item's result.
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
            // The job may have been resubmitted on its own since then.
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

/// <summary>The result of retrying a batch.</summary>
public abstract record RetryStart
{
    private RetryStart()
    {
    }

    /// <summary>A batch retries what failed.</summary>
    public sealed record Started(BatchTicket Child) : RetryStart;

    /// <summary>No item failed that is not being retried already.</summary>
    public sealed record NothingFailed : RetryStart;

    /// <summary>A batch of the family was purged, so it is not known which items it made.</summary>
    public sealed record FamilyPurged : RetryStart;
}
