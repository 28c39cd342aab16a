using Microsoft.DurableTask;

namespace Darkroom.Durable;

/// <summary>
/// The loop of an orchestration that lives on messages: it takes them in order, sleeps until the next message or time, and continues as new
/// before the history gets long.
/// </summary>
/// <param name="context">The orchestration.</param>
/// <param name="eventName">The event that carries the messages.</param>
/// <param name="enoughRounds">Continue as new after so many rounds, if no pending timer is left behind.</param>
/// <param name="maxRounds">Continue as new after so many rounds in any case.</param>
internal sealed class EternalLoop<TMessage>(
    TaskOrchestrationContext context, string eventName, int enoughRounds, int maxRounds) : IDisposable
{
    private readonly Alarm _alarm = new(context);
    private Task<TMessage> _message = context.WaitForExternalEvent<TMessage>(eventName);
    private int _rounds;

    /// <summary>Whether a message has arrived.</summary>
    public bool HasMessage => _message.IsCompleted;

    /// <summary>Completes when a message has arrived.</summary>
    public Task Arrival => _message;

    /// <summary>Takes the message that has arrived.</summary>
    public async Task<TMessage> TakeAsync()
    {
        var message = await _message;
        _message = context.WaitForExternalEvent<TMessage>(eventName);
        return message;
    }

    /// <summary>Sleeps until a message arrives, or until <paramref name="time"/>; it may wake earlier.</summary>
    public Task SleepAsync(DateTime? time) => _alarm.UntilAsync(time, _message);

    /// <summary>
    /// Counts a round, and continues as new when the history is long. Not while a message has arrived: it would be lost. A message that has
    /// not arrived is not lost, because the engine keeps it for the next generation.
    /// </summary>
    public bool TryContinueAsNew(object state)
    {
        _rounds++;
        if (HasMessage || _rounds < enoughRounds || (_rounds < maxRounds && _alarm.IsSet))
            return false;
        context.ContinueAsNew(state);
        return true;
    }

    /// <summary>
    /// Continues an instance of an older build as new with the version of this build, so that an instance that never ends does not keep
    /// old code alive. The new generation has no history, so it does not matter how the old one ran.
    /// </summary>
    /// <remarks>
    /// It never happens during a replay, which has to go as the history says. So the workflow may run differently at each try; that is
    /// safe, because once the generation has ended, it is not replayed any more.
    /// </remarks>
    public bool TryContinueWithNewVersion(object state)
    {
        if (HasMessage || context.IsReplaying || WorkflowVersion.Current is not { } current || context.Version == current)
            return false;
        context.ContinueAsNew(new ContinueAsNewOptions { NewInput = state, NewVersion = current });
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _alarm.Dispose();
}
