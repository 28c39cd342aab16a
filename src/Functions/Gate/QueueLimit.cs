using Darkroom.Settings;
using Microsoft.DurableTask.Client;

namespace Darkroom.Gate;

/// <summary>
/// Holds <c>Darkroom__MaxQueued</c>, also when many come within seconds. The gate hears of a new job a moment after its start, so what this
/// process let in and the gate has not heard of yet counts as waiting, as far as no slot is free for it. Other instances of the app do not
/// see that: together they may pass the limit by what they let in during that moment.
/// </summary>
public sealed class QueueLimit(GateStatusCache gateStatus, DarkroomSettings settings, TimeProvider time)
{
    // A job that was let in, and whose process, storage or gate failed before it was heard of, never will be.
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private DateTime _gateBegunAt;
    private long _askedBefore;
    private long _entered;
    private long _lastEntry = time.GetTimestamp();
    private DateTime _lastEntryAt;

    // As many as have been unheard of all the time since then.
    private long _leastUnheard;
    private long _leastSince = time.GetTimestamp();

    /// <summary>Lets a job of so many tasks in; false when enough wait.</summary>
    public async Task<bool> TryEnterAsync(DurableTaskClient client, int tasks, CancellationToken cancellation)
    {
        var gate = await gateStatus.ReadAsync(client, cancellation) ?? new GateSnapshot { Slots = settings.Slots };
        var free = gate.CoolDown is null ? Math.Max(0, gate.Slots - gate.InUse) : 0;
        lock (_lock)
        {
            var unheard = _entered - (gate.Asked - _askedBefore);
            if (IsAnother(gate) || unheard <= 0 || gate.Asked < _askedBefore || time.GetElapsedTime(_lastEntry) > ForgetAfter)
                (_askedBefore, _entered, unheard) = (gate.Asked, 0, 0);
            unheard -= Forgotten(unheard);
            if (gate.WaitingInteractive + gate.WaitingBulk + Math.Max(0, unheard - free) >= settings.MaxQueued)
                return false;
            _entered += tasks;
            (_lastEntry, _lastEntryAt) = (time.GetTimestamp(), time.GetUtcNow().UtcDateTime);
            return true;
        }
    }

    /// <summary>Takes back what was let in and started nothing: another request had started it.</summary>
    public void Leave(int tasks)
    {
        lock (_lock)
            _entered = Math.Max(0, _entered - tasks);
    }

    // A gate that begins counts from zero, and asks all jobs that wait to ask it: what an earlier gate heard of is counted by it. Those
    // who were let in before the first gate began are about to be heard of, and stay counted.
    private bool IsAnother(GateSnapshot gate)
    {
        if (gate.BegunAt == default || gate.BegunAt == _gateBegunAt)
            return false;
        var isFirst = _gateBegunAt == default;
        _gateBegunAt = gate.BegunAt;
        return !isFirst || gate.BegunAt > _lastEntryAt;
    }

    // Who was unheard of during all of half a minute is not about to be heard of.
    private long Forgotten(long unheard)
    {
        _leastUnheard = Math.Min(_leastUnheard, unheard);
        if (time.GetElapsedTime(_leastSince) <= ForgetAfter)
            return 0;
        var forgotten = _leastUnheard;
        _entered -= forgotten;
        (_leastUnheard, _leastSince) = (unheard - forgotten, time.GetTimestamp());
        return forgotten;
    }
}
