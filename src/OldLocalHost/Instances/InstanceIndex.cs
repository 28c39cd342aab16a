using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Instances;

/// <summary>Finds instances by status, by the time they were created, and by how their ids begin, without looking at the others.</summary>
internal sealed class InstanceIndex
{
    private static readonly OrchestrationRuntimeStatus[] Statuses = Enum.GetValues<OrchestrationRuntimeStatus>();

    // For each status one set in the order of ids and one in the order of creation: a query walks the sets of its statuses side by side.
    private readonly Dictionary<OrchestrationRuntimeStatus, SortedSet<Entry>> _byId = Statuses.ToDictionary(status => status, _ => new SortedSet<Entry>(Entry.ById));
    private readonly Dictionary<OrchestrationRuntimeStatus, SortedSet<Entry>> _byTime = Statuses.ToDictionary(status => status, _ => new SortedSet<Entry>(Entry.ByTime));

    public void Add(Instance instance)
    {
        var entry = new Entry(instance.CreatedAt, instance.Id, instance);
        _byId[instance.Status].Add(entry);
        _byTime[instance.Status].Add(entry);
    }

    /// <summary>To be called before status or creation time change.</summary>
    public void Remove(Instance instance)
    {
        var entry = new Entry(instance.CreatedAt, instance.Id, instance);
        _byId[instance.Status].Remove(entry);
        _byTime[instance.Status].Remove(entry);
    }

    public int CountOf(OrchestrationRuntimeStatus status) => _byId[status].Count;

    /// <summary>The instances that fit, from <paramref name="after"/> on. In the order of creation where a time is asked for, else of ids.</summary>
    public IEnumerable<Instance> Find(InstanceQuery query, PageToken? after)
    {
        var isByTime = query.IsByTime;
        var sets = (query.Statuses is { Count: > 0 } some ? some.Distinct() : Statuses).Select(status => (isByTime ? _byTime : _byId)[status]);
        var order = isByTime ? Entry.ByTime : Entry.ById;
        var from = after is { } token
            ? new Entry(token.CreatedAt, token.Id, null)
            : new Entry(query.CreatedFrom ?? DateTime.MinValue, isByTime ? "" : query.Prefix, null);

        foreach (var entry in Merge([.. sets.Select(set => From(set, from).GetEnumerator())], order))
        {
            if (query.IsPast(entry.CreatedAt, entry.Id))
                yield break;
            if (query.Fits(entry.CreatedAt, entry.Id) && (after is null || order.Compare(entry, from) > 0))
                yield return entry.Instance!;
        }
    }

    private static IEnumerable<Entry> From(SortedSet<Entry> set, Entry from) =>
        set.Count == 0 || set.Comparer.Compare(set.Max, from) < 0 ? [] : set.GetViewBetween(from, set.Max);

    private static IEnumerable<Entry> Merge(IReadOnlyList<IEnumerator<Entry>> sorted, IComparer<Entry> order)
    {
        var heads = new PriorityQueue<IEnumerator<Entry>, Entry>(order);
        foreach (var one in sorted.Where(one => one.MoveNext()))
            heads.Enqueue(one, one.Current);
        while (heads.TryDequeue(out var least, out var entry))
        {
            yield return entry;
            if (least.MoveNext())
                heads.Enqueue(least, least.Current);
        }
    }

    private readonly record struct Entry(DateTime CreatedAt, string Id, Instance? Instance)
    {
        public static readonly IComparer<Entry> ById = Comparer<Entry>.Create((a, b) => string.CompareOrdinal(a.Id, b.Id));

        public static readonly IComparer<Entry> ByTime = Comparer<Entry>.Create((a, b) =>
            a.CreatedAt.CompareTo(b.CreatedAt) is var byTime && byTime != 0 ? byTime : string.CompareOrdinal(a.Id, b.Id));
    }
}
