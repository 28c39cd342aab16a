using Darkroom.Requests;

namespace Darkroom.Gate;

/// <summary>
/// The order in which the waiting tickets of a <see cref="GateState"/> are served. Only this class decides the order: the gate serves the
/// first ticket, and the snapshot shows the first ones.
/// </summary>
internal sealed class GateOrder
{
    private readonly Queue<GateTicket> _people = new();
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private int _peopleServed;
    private long _last;

    // The queues are built only once, because 100,000 tickets may wait.
    public GateOrder(GateState state)
    {
        _peopleServed = state.PeopleServed;
        _last = state.GroupsServed.IsEmpty ? 0 : state.GroupsServed.Values.Max();
        for (var place = 0; place < state.Waiting.Length; place++)
        {
            var ticket = state.Waiting[place];
            if (ticket.Lane == Lane.Interactive)
            {
                _people.Enqueue(ticket);
                continue;
            }

            var name = ticket.Group ?? "";
            if (!_groups.TryGetValue(name, out var group))
                _groups[name] = group = new Group(state.GroupsServed.GetValueOrDefault(name, -1));
            group.Tickets.Enqueue((place, ticket));
        }
    }

    public IEnumerable<GateTicket> All()
    {
        while (true)
        {
            // The batch that was served least recently; among batches that were never served, the one that came first.
            var bulk = _groups.Values.Where(group => group.Tickets.Count > 0).MinBy(group => (group.Served, group.Tickets.Peek().Place));
            if (_people.Count > 0 && (bulk is null || _peopleServed < GateState.PeopleInARow))
            {
                // Only interactive tickets that are served while bulk waits count.
                _peopleServed = bulk is null ? 0 : _peopleServed + 1;
                yield return _people.Dequeue();
                continue;
            }

            if (bulk is null)
                yield break;
            _peopleServed = 0;
            bulk.Served = ++_last;
            yield return bulk.Tickets.Dequeue().Ticket;
        }
    }

    private sealed class Group(long served)
    {
        public long Served { get; set; } = served;

        public Queue<(int Place, GateTicket Ticket)> Tickets { get; } = new();
    }
}
