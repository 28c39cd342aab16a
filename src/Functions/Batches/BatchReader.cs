using Darkroom.Requests;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>A batch as its durable instance has it.</summary>
/// <param name="Ticket">What it began with.</param>
/// <param name="Shown">What it is now.</param>
/// <param name="UpdatedAt">When anything last changed.</param>
public sealed record BatchRecord(BatchTicket Ticket, BatchSnapshot Shown, DateTime UpdatedAt);

/// <summary>Finds batches by their instances.</summary>
public static class BatchReader
{
    /// <summary>The batch of an id; null when there is none.</summary>
    public static async Task<BatchRecord?> TryGetAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!JobIds.IsValid(id)
                || await client.GetInstanceAsync(
                    id, getInputsAndOutputs: true, cancellation) is not { Name: nameof(GenerateBatch) } instance)
            return null;
        if (instance.ReadInputAs<BatchState>() is not { } state || state.Ticket.BatchId != id)
            return null;

        // Between two generations there is no status for a moment; then the input is the newest there is.
        var shown = instance.ReadCustomStatusAs<BatchSnapshot>() ?? BatchSnapshot.Of(state);
        // Terminated from outside: what was not written down will not be.
        if (instance.IsCompleted && !shown.IsFinished)
            shown = shown with
            {
                IsFinished = true,
                CancelRequested = true,
                InFlight = 0,
                Ended = 0,
                Canceled = state.Ticket.Total - shown.Succeeded - shown.Failed,
            };
        return new BatchRecord(state.Ticket, shown, instance.LastUpdatedAt.UtcDateTime);
    }
}
