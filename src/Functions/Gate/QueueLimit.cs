using Darkroom.Settings;
using Microsoft.DurableTask.Client;

namespace Darkroom.Gate;

/// <summary>
/// Enforces <c>Darkroom__MaxQueued</c>, also when many jobs come within seconds. A new job asks the gate for a slot a moment after its
/// start. Until then, the job counts as waiting if this process admitted it and no slot is free for it. Other instances of the app do not
/// see such jobs, so all instances together may exceed the limit by the jobs that they admit within that moment.
/// </summary>
public sealed class QueueLimit(GateStatusCache gateStatus, DarkroomSettings settings, TimeProvider time)
{
    // An admitted job never asks the gate if the process, the storage or the gate failed.
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private DateTime _gateBegunAt;
    private long _askedBefore;
    private long _entered;
    private long _lastEntry = time.GetTimestamp();
    private DateTime _lastEntryAt;

    // The minimum number of admitted jobs that had not asked the gate yet, since _leastSince.
    private long _leastUnheard;
    private long _leastSince = time.GetTimestamp();

    /// <summary>Admits a job with this number of tasks; returns false if the limit is reached.</summary>
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

    /// <summary>Revokes the admission of a job that another request has already started.</summary>
    public void Leave(int tasks)
    {
        lock (_lock)
            _entered = Math.Max(0, _entered - tasks);
    }

    // A new gate counts from zero, and all waiting jobs ask it again, so it also counts the jobs of the earlier gate. Jobs that were
    // admitted before the first gate started have not asked yet, so they stay counted.
    private bool IsAnother(GateSnapshot gate)
    {
        if (gate.BegunAt == default || gate.BegunAt == _gateBegunAt)
            return false;
        var isFirst = _gateBegunAt == default;
        _gateBegunAt = gate.BegunAt;
        return !isFirst || gate.BegunAt > _lastEntryAt;
    }

    // Jobs that have not asked the gate within half a minute will not ask any more.
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
