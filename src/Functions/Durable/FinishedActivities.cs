using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.Durable;

/// <summary>Is called when a job or a batch has ended, possibly more than once.</summary>
public interface IFinishedListener
{
    /// <summary>Handles the end. An exception makes the activity run again, for all listeners.</summary>
    Task HandleAsync(DurableTaskClient client, Finished finished, CancellationToken cancellation);
}

public sealed class FinishedActivities(IEnumerable<IFinishedListener> listeners)
{
    [Function(nameof(TellListeners))]
    public async Task TellListeners(
        [ActivityTrigger] Finished finished, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var listener in listeners)
            await listener.HandleAsync(client, finished, cancellation);
    }
}

internal static partial class FinishedLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of {Kind} {Id} could not be announced. Read its status over HTTP instead.")]
    public static partial void NotTold(this ILogger log, string kind, string id);
}
