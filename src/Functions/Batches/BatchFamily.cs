namespace Darkroom.Batches;

/// <summary>
/// Which batches belong together: a first one, those that try its failures again, and those that try theirs. It is read from what they
/// began with,
/// in storage, because an item may have gone through any of them and their instances can be purged one by one.
/// </summary>
public sealed class BatchFamily(BatchStore batches)
{
    /// <summary>
    /// All of them, the first one first and the others in the order they were made; null when one was purged, because what it made is not
    /// known any more.
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
                // Else the link is left from a crash before the batch was decided on.
            }
        }

        return [.. family.Take(1), .. family.Skip(1).OrderBy(child => child.CreatedAt)];
    }
}
