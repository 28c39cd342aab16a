using Darkroom.Requests;
using Microsoft.DurableTask.Client;

namespace Darkroom.Batches;

/// <summary>A batch as read from its durable instance.</summary>
/// <param name="Ticket">The ticket of the batch.</param>
/// <param name="Shown">Its current state.</param>
/// <param name="UpdatedAt">When its instance last changed.</param>
public sealed record BatchRecord(BatchTicket Ticket, BatchSnapshot Shown, DateTime UpdatedAt);

/// <summary>Finds batches by their durable instances.</summary>
public static class BatchReader
{
    /// <summary>Finds a batch by its id; null if there is none.</summary>
    public static async Task<BatchRecord?> TryGetAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!JobIds.IsValid(id)
                || await client.GetInstanceAsync(
                    id, getInputsAndOutputs: true, cancellation) is not { Name: nameof(GenerateBatch) } instance)
            return null;
        if (instance.ReadInputAs<BatchState>() is not { } state || state.Ticket.BatchId != id)
            return null;

        // Right after the orchestration continued as new, there is no status for a moment. Then the input is the newest state.
        var shown = instance.ReadCustomStatusAs<BatchSnapshot>() ?? BatchSnapshot.Of(state);
        // The batch was terminated from outside. Items without a line will never get one.
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
