using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Darkroom.LocalHost.Queues;

/// <summary>A queue in Azure Storage and the one beside it that messages are set aside in.</summary>
internal sealed class QueueStore
{
    private const string PoisonSuffix = "-poison";
    private readonly QueueClient _queue;
    private readonly QueueClient? _poison;

    public QueueStore(string connectionString, string name)
    {
        var options = new QueueClientOptions { MessageEncoding = Azure.Storage.Queues.QueueMessageEncoding.None };

        // The listener tries again by itself, and says so.
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        _queue = new QueueClient(connectionString, name, options);
        _poison = name.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? null : new QueueClient(connectionString, name + PoisonSuffix, options);
    }

    public string Name => _queue.Name;

    /// <summary>False for the queue of what was set aside: nothing is set aside a second time.</summary>
    public bool HasPoison => _poison is not null;

    public Task CreateAsync(CancellationToken cancellation) => _queue.CreateIfNotExistsAsync(cancellationToken: cancellation);

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int count, TimeSpan hiddenFor, CancellationToken cancellation) =>
        (await _queue.ReceiveMessagesAsync(count, hiddenFor, cancellation)).Value;

    /// <summary>Hides a message for as long from now on, and gives the receipt that it has after that.</summary>
    public async Task<string> HideAsync(QueueMessage message, string receipt, TimeSpan time, CancellationToken cancellation) =>
        (await _queue.UpdateMessageAsync(message.MessageId, receipt, visibilityTimeout: time, cancellationToken: cancellation)).Value.PopReceipt;

    public Task DeleteAsync(QueueMessage message, string receipt, CancellationToken cancellation) => _queue.DeleteMessageAsync(message.MessageId, receipt, cancellation);

    /// <summary>Copies a message to where somebody may look at it, and takes it out of the queue only then.</summary>
    public async Task SetAsideAsync(QueueMessage message, string receipt, CancellationToken cancellation)
    {
        await _poison!.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await _poison.SendMessageAsync(message.MessageText, cancellation);
        await DeleteAsync(message, receipt, cancellation);
    }
}
