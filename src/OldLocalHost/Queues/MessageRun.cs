using Azure.Storage.Queues.Models;
using Darkroom.LocalHost.Functions;
using Darkroom.LocalHost.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Queues;

/// <summary>Runs a function for one message, and decides what becomes of the message. It is deleted once its function is through, never before.</summary>
internal sealed partial class MessageRun(AppFunction function, QueueStore store, QueueSettings settings, FunctionInvoker invoker, TimeProvider time, ILogger log)
{
    /// <param name="message">The message.</param>
    /// <param name="stopping">The function should come to an end.</param>
    /// <param name="givenUp">It is not waited for any longer.</param>
    public async Task RunAsync(QueueMessage message, CancellationToken stopping, CancellationToken givenUp)
    {
        try
        {
            await SettleAsync(message, stopping, givenUp);
        }
        catch (Exception exception) // the storage is out of reach: the message comes again by itself
        {
            LogNotSettled(function.Name, message.MessageId, exception.Message);
        }
    }

    /// <summary>Gives back a message that nobody has begun with.</summary>
    public async Task ReleaseAsync(QueueMessage message)
    {
        try
        {
            await store.HideAsync(message, message.PopReceipt, TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception exception) // the same
        {
            LogNotSettled(function.Name, message.MessageId, exception.Message);
        }
    }

    private async Task SettleAsync(QueueMessage message, CancellationToken stopping, CancellationToken givenUp)
    {
        if (store.HasPoison && message.DequeueCount > settings.MaxDequeueCount)
        {
            await SetAsideAsync(message, message.PopReceipt);
            return;
        }

        var text = QueueText.Decode(message.MessageText, settings.MessageEncoding);
        if (text is null)
        {
            LogUndecodable(function.Name, message.MessageId);
            if (store.HasPoison)
                await SetAsideAsync(message, message.PopReceipt);
            return;
        }

        await using var lease = new MessageLease(store, message, time, exception => LogNotRenewed(function.Name, message.MessageId, exception.Message));
        var outcome = await InvokeAsync(message, text, stopping, givenUp);
        var receipt = await lease.EndAsync();
        switch (outcome)
        {
            case Outcome.Done:
                await store.DeleteAsync(message, receipt, CancellationToken.None);
                break;
            case Outcome.Interrupted:
                LogInterrupted(function.Name, message.MessageId);
                await store.HideAsync(message, receipt, TimeSpan.Zero, CancellationToken.None);
                break;
            case Outcome.Failed when store.HasPoison && message.DequeueCount >= settings.MaxDequeueCount:
                await SetAsideAsync(message, receipt);
                break;
            case Outcome.Failed when store.HasPoison:
                await store.HideAsync(message, receipt, settings.VisibilityTimeout, CancellationToken.None);
                break;
            case Outcome.Failed:
                // Nowhere to set it aside: it stays hidden for a while, so that it does not fail without a pause.
                break;
        }
    }

    private async Task<Outcome> InvokeAsync(QueueMessage message, string text, CancellationToken stopping, CancellationToken givenUp)
    {
        // On a thread of its own: a function that blocks must not keep the stop from giving it up.
        var running = Task.Run(() => CallAsync(message, text, stopping), CancellationToken.None);
        try
        {
            await running.WaitAsync(givenUp);
            return Outcome.Done;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || givenUp.IsCancellationRequested)
        {
            return Outcome.Interrupted;
        }
        catch (Exception exception) // whatever a function throws ends here
        {
            LogFailed(function.Name, message.MessageId, message.DequeueCount, settings.MaxDequeueCount, exception);
            return Outcome.Failed;
        }
    }

    private async Task CallAsync(QueueMessage message, string text, CancellationToken stopping)
    {
        await using var invocation = new Invocation(function, invoker, text, () => QueueMessageData.Of(message, text), stopping);
        await invoker.InvokeAsync(invocation);
    }

    private async Task SetAsideAsync(QueueMessage message, string receipt)
    {
        await store.SetAsideAsync(message, receipt, CancellationToken.None);
        LogSetAside(function.Name, message.MessageId, $"{store.Name}-poison", message.DequeueCount);
    }

    private enum Outcome
    {
        Done,
        Failed,
        Interrupted,
    }

    [LoggerMessage(LogLevel.Error, "Function {Name} failed for message {MessageId}, attempt {Attempt} of {MaxAttempts}.")]
    private partial void LogFailed(string name, string messageId, long attempt, int maxAttempts, Exception exception);

    [LoggerMessage(
        LogLevel.Error,
        "Message {MessageId} for function {Name} is not valid base64. To take plain text, set extensions.queues.messageEncoding in host.json to \"none\".")]
    private partial void LogUndecodable(string name, string messageId);

    [LoggerMessage(LogLevel.Error, "Message {MessageId} for function {Name} was set aside in queue {Queue} after {Attempts} attempts.")]
    private partial void LogSetAside(string name, string messageId, string queue, long attempts);

    [LoggerMessage(LogLevel.Information, "Function {Name} was interrupted; message {MessageId} goes back into its queue.")]
    private partial void LogInterrupted(string name, string messageId);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} for function {Name} could not be kept hidden, another try follows: {Reason}")]
    private partial void LogNotRenewed(string name, string messageId, string reason);

    [LoggerMessage(LogLevel.Warning, "What became of message {MessageId} for function {Name} could not be written to its queue, so it will come again: {Reason}")]
    private partial void LogNotSettled(string name, string messageId, string reason);
}
