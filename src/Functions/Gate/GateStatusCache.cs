using Darkroom.Settings;
using Microsoft.DurableTask.Client;

namespace Darkroom.Gate;

/// <summary>
/// What the gate shows, for all who ask at about the same time: to read its status is to read all of its instance, and everybody who
/// follows
/// a job wants to know who is next.
/// </summary>
public sealed class GateStatusCache(DarkroomSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly TimeSpan _fresh = TimeSpan.FromSeconds(settings.PollFloorSeconds / 4) is var quarter
        && quarter < Longest ? quarter : Longest;
    private Task<GateSnapshot?>? _glance;
    private long _begun;

    /// <summary>What it showed a moment ago; null when none runs.</summary>
    public Task<GateSnapshot?> ReadAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        lock (_lock)
        {
            if (_glance is null || _glance.IsFaulted || (_glance.IsCompleted && time.GetElapsedTime(_begun) >= _fresh))
                (_glance, _begun) = (ReadAsync(client), time.GetTimestamp());
            return _glance.WaitAsync(cancellation);
        }
    }

    // Not cancelled by the one who happened to be first.
    private static async Task<GateSnapshot?> ReadAsync(DurableTaskClient client)
    {
        var instance = await client.GetInstanceAsync(UpstreamGate.InstanceId, getInputsAndOutputs: true, CancellationToken.None);
        return instance is { IsCompleted: false } ? instance.ReadCustomStatusAs<GateSnapshot>() : null;
    }
}
