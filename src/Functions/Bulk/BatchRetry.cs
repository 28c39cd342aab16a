using Darkroom.Generation;
using Darkroom.Http;
using Darkroom.Requests;
using Microsoft.DurableTask.Client;

namespace Darkroom.Bulk;

/// <summary>Tries the failures of a batch again, as a batch of its own. What an earlier retry has taken up is that one's.</summary>
public sealed class BatchRetry(BatchStore batches, BatchStarter starter, TimeProvider time)
{
    private const int LooksAtOnce = 16;

    /// <summary>Starts the child; null when nothing is failed that nobody tries already.</summary>
    /// <param name="client">The engine.</param>
    /// <param name="parent">The batch whose failures are tried again.</param>
    /// <param name="includeUnknown">Whether also those that may have been accepted, and so may be paid for twice.</param>
    /// <param name="keyHash">Tells whether two calls are one.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<BatchTicket?> StartAsync(DurableTaskClient client, BatchTicket parent, bool includeUnknown, string? keyHash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(parent);
        var family = await FamilyAsync(client, parent, cancellation);
        if (keyHash is not null && family.Find(child => child.InputHash == keyHash && child.Parent == parent.BatchId) is { } same)
            return same;

        var failed = await StillFailedAsync(client, family, includeUnknown, cancellation);
        if (failed.Count == 0)
            return null;

        // By its number: two calls at once mean the same child, and one of them starts it.
        var id = JobIds.Of($"retry\n{family[0].BatchId}\n{family.Count}", parent.Caller);
        var items = $"{BatchStore.NewFolder(id)}/items.jsonl";
        if (await CopyAsync(parent.Items, items, failed, cancellation) is not (var count and > 0))
            return null;
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
            return ticket;
        await batches.RemoveAsync([items]);
        // One of another part of the family was faster; what it left over is there to be tried the next time.
        return first.Parent == parent.BatchId ? first : null;
    }

    // The first batch, those that try its failures again, and those that try theirs, in the order they were made: an item may have gone through any of them.
    private async Task<List<BatchTicket>> FamilyAsync(DurableTaskClient client, BatchTicket member, CancellationToken cancellation)
    {
        while (member.Parent is { } parent && await BatchReader.TryGetAsync(client, parent, cancellation) is { } above)
            member = above.Ticket;
        var family = new List<BatchTicket> { member };
        for (var at = 0; at < family.Count; at++)
        {
            foreach (var id in await batches.ChildrenAsync(family[at].BatchId, cancellation))
            {
                // A link without its batch is left from a crash in between, and one to a batch of somebody else's from a race.
                if (await BatchReader.TryGetAsync(client, id, cancellation) is { } child && family.TrueForAll(one => one.BatchId != id))
                    family.Add(child.Ticket);
            }
        }

        return [.. family.Take(1), .. family.Skip(1).OrderBy(child => child.CreatedAt)];
    }

    // The latest batch that had an item says what became of it.
    private async Task<HashSet<string>> StillFailedAsync(DurableTaskClient client, IReadOnlyList<BatchTicket> tries, bool includeUnknown, CancellationToken cancellation)
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
        await Parallel.ForEachAsync(failedIn, new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancellation }, async (item, token) =>
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
