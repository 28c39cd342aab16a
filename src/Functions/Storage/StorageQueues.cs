using Azure;
using Azure.Storage.Queues;

namespace Darkroom.Storage;

/// <summary>The queues, and what is in each.</summary>
public sealed class StorageQueues(QueueServiceClient storage)
{
    /// <summary>Jobs and batches that other apps ask for.</summary>
    public const string JobsName = "darkroom-jobs";

    /// <summary>Where they are asked for.</summary>
    public QueueClient Jobs { get; } = storage.GetQueueClient(JobsName);

    /// <summary>Messages that can't be read, each with the reason.</summary>
    public QueueClient Poison { get; } = storage.GetQueueClient($"{JobsName}-poison");

    /// <summary>What is over, where that is announced.</summary>
    public QueueClient Results { get; } = storage.GetQueueClient("darkroom-results");

    /// <summary>Sends a message; a queue that is not there yet is made.</summary>
    public static async Task SendAsync(QueueClient queue, string message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queue);
        try
        {
            await queue.SendMessageAsync(message, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellation);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await queue.SendMessageAsync(message, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellation);
        }
    }
}
