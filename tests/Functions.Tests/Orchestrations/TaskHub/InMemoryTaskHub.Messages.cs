using DurableTask.Core.History;

namespace Darkroom.Functions.Tests.Orchestrations.TaskHub;

// How messages reach instances, and how instances begin.
internal sealed partial class InMemoryTaskHub
{
    private void Schedule(HubInstance target, int generation, HistoryEvent message, DateTimeOffset at)
    {
        if (at <= Now)
            Deliver(target, generation, message);
        else
            _due.Enqueue(new DueMessage(target, generation, message), (at, ++_lastNumber));
    }

    private void Deliver(HubInstance target, int generation, HistoryEvent message)
    {
        // Drop results that belong to an earlier generation.
        if (target.IsCompleted || target.Generation != generation)
            return;
        lock (_lock)
        {
            target.Inbox.Enqueue(message);
            _ready.Add(target);
        }
    }

    // Drops a message to an instance that does not exist, as the engine does.
    private void Deliver(string id, HistoryEvent message)
    {
        if (Find(id) is { } target)
            Deliver(target, target.Generation, message);
    }

    private HubInstance StartWithJson(
        string name, string? input, string id, HubParent? parent, IReadOnlyDictionary<string, string>? tags = null)
    {
        var instance = new HubInstance(id, name, input, Now, parent) { Tags = tags ?? new Dictionary<string, string>() };
        lock (_lock)
        {
            if (_instances.Remove(id, out var replaced))
                _ready.Remove(replaced);
            _instances[id] = instance;
            instance.Begin();
            _ready.Add(instance);
        }

        return instance;
    }
}
