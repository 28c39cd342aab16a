using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Darkroom.Durable;

/// <summary>Wants to know when a job or a batch is over. It may be told of one more than once.</summary>
public interface IFinishedListener
{
    /// <summary>Handles it; an exception makes the activity run again, for all listeners.</summary>
    Task HandleAsync(Finished finished, CancellationToken cancellation);
}

/// <summary>Tells the listeners of the app what is over.</summary>
public sealed class FinishedActivities(IEnumerable<IFinishedListener> listeners)
{
    /// <summary>Tells each of them.</summary>
    [Function(nameof(TellListeners))]
    public async Task TellListeners([ActivityTrigger] Finished finished, CancellationToken cancellation)
    {
        foreach (var listener in listeners)
            await listener.HandleAsync(finished, cancellation);
    }
}

internal static partial class FinishedLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of {Kind} {Id} could not be announced. Read its status instead.")]
    public static partial void NotTold(this ILogger log, string kind, string id);
}
