using Darkroom.Settings;
using Microsoft.DurableTask.Client;

namespace Darkroom.Gate;

/// <summary>
/// Caches the status of the gate for a moment. Each read loads the whole instance, and every caller that follows a job needs the status.
/// </summary>
public sealed class GateStatusCache(DarkroomSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly TimeSpan _fresh = TimeSpan.FromSeconds(settings.PollFloorSeconds / 4) is var quarter
        && quarter < Longest ? quarter : Longest;
    private Task<GateSnapshot?>? _status;
    private long _begun;

    /// <summary>The status, which may be up to a second old; null if no gate runs.</summary>
    public Task<GateSnapshot?> ReadAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        lock (_lock)
        {
            if (_status is null || _status.IsFaulted || (_status.IsCompleted && time.GetElapsedTime(_begun) >= _fresh))
                (_status, _begun) = (ReadNowAsync(client), time.GetTimestamp());
            return _status.WaitAsync(cancellation);
        }
    }

    /// <summary>The current status; null if no gate runs. Several callers share one read, so none of them may cancel it.</summary>
    public static async Task<GateSnapshot?> ReadNowAsync(DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var instance = await client.GetInstanceAsync(UpstreamGate.InstanceId, getInputsAndOutputs: true, CancellationToken.None);
        return instance is { IsCompleted: false } ? instance.ReadCustomStatusAs<GateSnapshot>() : null;
    }
}
