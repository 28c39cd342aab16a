using Darkroom.LocalHost.History;

namespace Darkroom.LocalHost.Instances;

/// <summary>An execution that is not over: its history, what is open, and what it has been told since its last step.</summary>
internal sealed class LiveExecution(ExecutionStarted begin)
{
    public ExecutionStarted Begin { get; } = begin;

    /// <summary>Committed events. Only applying a record changes it, and no record of an instance is applied while it steps.</summary>
    public List<HistoryEvent> History { get; } = [];

    /// <summary>What it was told since its last step, in order.</summary>
    public List<Message> Inbox { get; } = [];

    /// <summary>Activities, timers and children that were decided on and are not over, by their number in the execution.</summary>
    public Dictionary<int, IDecision> Open { get; } = [];

    public string? CustomStatus { get; set; }

    public bool IsSuspended { get; set; }

    /// <summary>It waits for this before its first step.</summary>
    public DateTime? StartAt { get; set; }

    /// <summary>A step is being made, or waits to be made.</summary>
    public bool IsStepping { get; set; }

    /// <summary>Whether a step would have anything to do.</summary>
    public bool HasWork => StartAt is null && (History.Count == 0 || Inbox.Count > 0);

    /// <summary>
    /// Everything told so far. Results and timers are handed out once; messages from the journal stay until a step that consumed them is
    /// applied, the first ones first.
    /// </summary>
    public List<Message> Take(out int consumed)
    {
        var all = Inbox.ToList();
        Inbox.RemoveAll(message => message is not DurableMessage);
        consumed = Inbox.Count;
        return all;
    }
}
