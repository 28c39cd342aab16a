using Azure;
using Azure.Storage.Queues;

namespace Darkroom.Storage;

/// <summary>The queues of the app.</summary>
public sealed class StorageQueues(QueueServiceClient storage) : IStoragePart
{
    /// <summary>The name of the queue that starts jobs and batches.</summary>
    public const string JobsName = "darkroom-jobs";

    /// <summary>Messages that start jobs and batches.</summary>
    public QueueClient Jobs { get; } = storage.GetQueueClient(JobsName);

    /// <summary>Messages that cannot be carried out, each with the reason.</summary>
    public QueueClient Poison { get; } = storage.GetQueueClient($"{JobsName}-poison");

    /// <summary>Announcements of ended jobs and batches.</summary>
    public QueueClient Results { get; } = storage.GetQueueClient("darkroom-results");

    /// <summary>Creates the queue of jobs, because a sender may need it before the app has used it. Others are created on demand.</summary>
    public Task CreateAsync(CancellationToken cancellation) => Jobs.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>Sends a message that never expires; creates the queue if it is missing.</summary>
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
