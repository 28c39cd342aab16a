using Microsoft.DurableTask;

namespace Darkroom.Durable;

/// <summary>The end of a job or a batch.</summary>
/// <param name="Kind"><c>job</c> or <c>batch</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Status">Its last status.</param>
public sealed record Finished(string Kind, string Id, string Status)
{
    /// <summary>The number of items by outcome; null for a job.</summary>
    public FinishedCounts? Counts { get; init; }

    /// <summary>The number of the attempt of a job that ended.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Whether the end is announced on the results queue.</summary>
    public bool IsQueued { get; init; } = true;

    /// <summary>Whether the end is sent to a webhook.</summary>
    public bool HasWebhook { get; init; }

    /// <summary>
    /// Calls the listeners, if any of them is concerned, with retries for a quarter of an hour. A final failure does not change the job or
    /// batch.
    /// </summary>
    internal static async Task AnnounceAsync(TaskOrchestrationContext context, Finished finished)
    {
        if (finished is { IsQueued: false, HasWebhook: false })
            return;
        try
        {
            await context.CallActivityAsync(nameof(FinishedActivities.TellListeners), finished, ActivityRetry.Options);
        }
        catch (TaskFailedException)
        {
            context.CreateReplaySafeLogger(nameof(Finished)).NotTold(finished.Kind, finished.Id);
        }
    }
}

/// <summary>The number of ended items of a batch, by outcome.</summary>
public sealed record FinishedCounts(int Succeeded, int Failed, int Canceled);
