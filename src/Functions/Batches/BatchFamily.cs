namespace Darkroom.Batches;

/// <summary>
/// Finds a family of batches: a first batch, its retries, and the retries of these. The family is read from the tickets in storage, because
/// an item may have gone through any of the batches, and their instances can be purged one by one.
/// </summary>
public sealed class BatchFamily(BatchStore batches)
{
    /// <summary>
    /// Finds the family of a batch: the first batch, then the others in the order of their creation. Null if one of them was purged,
    /// because its results are no longer known.
    /// </summary>
    public async Task<IReadOnlyList<BatchTicket>?> FindAsync(BatchTicket member, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(member);
        while (member.Parent is { } parent)
        {
            if (await batches.TicketAsync(parent, cancellation) is not { } above)
                return null;
            member = above;
        }

        var family = new List<BatchTicket> { member };
        for (var at = 0; at < family.Count; at++)
        {
            foreach (var id in await batches.ChildrenAsync(family[at].BatchId, cancellation))
            {
                if (family.Exists(one => one.BatchId == id))
                    continue;
                if (await batches.TicketAsync(id, cancellation) is { } child)
                    family.Add(child);
                else if (await batches.IsRememberedAsync(id, cancellation))
                    return null;
                // Otherwise the link is left over from a crash before the ticket of the child was written.
            }
        }

        return [.. family.Take(1), .. family.Skip(1).OrderBy(child => child.CreatedAt)];
    }
}
