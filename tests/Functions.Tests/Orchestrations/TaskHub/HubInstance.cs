using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask.Client;

namespace Darkroom.Functions.Tests.Orchestrations.TaskHub;

/// <summary>One orchestration instance: its history, the messages it has not seen yet, and what a client can read of it.</summary>
internal sealed class HubInstance(string id, string name, string? input, DateTimeOffset createdAt, HubParent? parent)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public HubParent? Parent { get; } = parent;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    /// <summary>The input of the current generation.</summary>
    public string? Input { get; set; } = input;

    public string? Output { get; set; }

    public string? CustomStatus { get; set; }

    public FailureDetails? Failure { get; set; }

    public OrchestrationRuntimeStatus Status { get; set; } = OrchestrationRuntimeStatus.Pending;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Counts the calls of ContinueAsNew. Results of activities and timers of an earlier generation are dropped.</summary>
    public int Generation { get; private set; }

    /// <summary>What happened in the current generation, as the engine would store it.</summary>
    public List<HistoryEvent> History { get; } = [];

    /// <summary>What the current generation asked the engine to do; a replay must ask for the same.</summary>
    public List<string> Recorded { get; } = [];

    public Queue<HistoryEvent> Inbox { get; } = [];

    /// <summary>The longest history a generation came to.</summary>
    public int LongestHistory { get; set; }

    public bool IsCompleted =>
        Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    public T? ReadCustomStatus<T>() => InMemoryTaskHub.Converter.Deserialize<T>(CustomStatus);

    /// <exception cref="InvalidOperationException">It did not complete.</exception>
    public T? ReadOutput<T>() => Status == OrchestrationRuntimeStatus.Completed
        ? InMemoryTaskHub.Converter.Deserialize<T>(Output)
        : throw new InvalidOperationException($"{Id} is {Status}: {Failure?.ErrorType} {Failure?.ErrorMessage}");

    /// <summary>Begins the first generation.</summary>
    public void Begin() => Inbox.Enqueue(new ExecutionStartedEvent(-1, Input)
    {
        Name = Name,
        OrchestrationInstance = new OrchestrationInstance { InstanceId = Id, ExecutionId = $"{Id}/{Generation}" },
    });

    /// <summary>Begins the next generation; events that nobody waited for come along.</summary>
    public void BeginAgain(string? input, IEnumerable<HistoryEvent> carriedOver)
    {
        var waiting = Inbox.OfType<EventRaisedEvent>().ToArray();
        (Input, CustomStatus) = (input, null);
        Generation++;
        History.Clear();
        Recorded.Clear();
        Inbox.Clear();
        Begin();
        foreach (var raised in carriedOver.Concat(waiting))
            Inbox.Enqueue(raised);
    }
}

/// <summary>Who waits for a sub-orchestration.</summary>
/// <param name="Instance">The caller.</param>
/// <param name="Generation">The caller's generation.</param>
/// <param name="TaskId">Which of its tasks.</param>
internal sealed record HubParent(HubInstance Instance, int Generation, int TaskId);
