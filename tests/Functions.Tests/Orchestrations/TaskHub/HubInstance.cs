using Darkroom.Durable;
using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask.Client;

namespace Darkroom.Functions.Tests.Orchestrations.TaskHub;

/// <summary>One orchestration instance: its history, its unread messages, and the values that a client can read.</summary>
internal sealed class HubInstance(string id, string name, string? input, DateTimeOffset createdAt, HubParent? parent)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public HubParent? Parent { get; } = parent;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    /// <summary>The input of the current generation.</summary>
    public string? Input { get; set; } = input;

    /// <summary>The version of the current generation. As the host does it, a new instance gets the default version.</summary>
    public string? Version { get; private set; } = WorkflowVersion.Current;

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

    /// <summary>The length of the longest history of any generation.</summary>
    public int LongestHistory { get; set; }

    public bool IsCompleted =>
        Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    public T? ReadCustomStatus<T>() => InMemoryTaskHub.Converter.Deserialize<T>(CustomStatus);

    /// <exception cref="InvalidOperationException">The instance did not complete.</exception>
    public T? ReadOutput<T>() => Status == OrchestrationRuntimeStatus.Completed
        ? InMemoryTaskHub.Converter.Deserialize<T>(Output)
        : throw new InvalidOperationException($"{Id} is {Status}: {Failure?.ErrorType} {Failure?.ErrorMessage}");

    /// <summary>Begins the first generation.</summary>
    public void Begin() => Inbox.Enqueue(new ExecutionStartedEvent(-1, Input)
    {
        Name = Name,
        Version = Version,
        OrchestrationInstance = new OrchestrationInstance { InstanceId = Id, ExecutionId = $"{Id}/{Generation}" },
    });

    /// <summary>Begins the next generation, perhaps with a new version. Unread events are carried over.</summary>
    public void BeginAgain(string? input, string? newVersion, IEnumerable<HistoryEvent> carriedOver)
    {
        Version = newVersion ?? Version;
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

/// <summary>The orchestration that waits for a sub-orchestration.</summary>
/// <param name="Instance">The waiting instance.</param>
/// <param name="Generation">The generation of that instance.</param>
/// <param name="TaskId">The task id of the call in its history.</param>
internal sealed record HubParent(HubInstance Instance, int Generation, int TaskId);
