using Microsoft.DurableTask;

namespace Darkroom.Durable;

/// <summary>A job or a batch is over.</summary>
/// <param name="Kind"><c>job</c> or <c>batch</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Status">Its last status.</param>
public sealed record Finished(string Kind, string Id, string Status)
{
    /// <summary>Of a batch: how many of its items ended in which way.</summary>
    public FinishedCounts? Counts { get; init; }

    /// <summary>Tells the listeners of the app. It is retried for a quarter of an hour; its failure does not change what is over.</summary>
    internal static async Task AnnounceAsync(TaskOrchestrationContext context, Finished finished)
    {
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

/// <summary>How many items of a batch ended in which way.</summary>
public sealed record FinishedCounts(int Succeeded, int Failed, int Canceled);
