using Darkroom.LocalHost.History;

namespace Darkroom.LocalHost.Instances;

/// <summary>An execution that is not over: its history, what is open, and what it has been told since its last step.</summary>
internal sealed class LiveExecution(ExecutionStarted begin)
{
    private long _arrivals;

    public ExecutionStarted Begin { get; } = begin;

    /// <summary>Committed events. Only applying a record changes it, and no record of an instance is applied while it steps.</summary>
    public List<HistoryEvent> History { get; } = [];

    /// <summary>Messages that a step has yet to consume, with the order in which they came.</summary>
    public Queue<(long Arrival, DurableMessage Message)> Inbox { get; } = [];

    /// <summary>Results and timers that came since the last step.</summary>
    public List<(long Arrival, Message Message)> Results { get; } = [];

    /// <summary>Activities, timers and children that were decided on and are not over, by their number in the execution.</summary>
    public Dictionary<int, IDecision> Open { get; } = [];

    public string? CustomStatus { get; set; }

    public bool IsSuspended { get; set; }

    /// <summary>It waits for this before its first step.</summary>
    public DateTime? StartAt { get; set; }

    /// <summary>A step is being made, or waits to be made.</summary>
    public bool IsStepping { get; set; }

    /// <summary>Whether a step would have anything to do.</summary>
    public bool HasWork => StartAt is null && (History.Count == 0 || Inbox.Count > 0 || Results.Count > 0);

    public void Tell(Message message)
    {
        if (message is DurableMessage durable)
            Inbox.Enqueue((_arrivals++, durable));
        else
            Results.Add((_arrivals++, message));
    }

    /// <summary>Everything told so far, in order. Results are handed out once; durable messages stay until a step that consumed them is applied.</summary>
    public List<Message> Take(out int consumed)
    {
        consumed = Inbox.Count;
        var all = Inbox.Select(told => (told.Arrival, (Message)told.Message)).Concat(Results).OrderBy(told => told.Item1).Select(told => told.Item2).ToList();
        Results.Clear();
        return all;
    }
}
