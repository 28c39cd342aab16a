using Microsoft.DurableTask.Client;

namespace Darkroom.Generation;

/// <summary>Waits for an instance that somebody else is about to start.</summary>
internal static class StartWait
{
    // A start takes some tenths of a second; who has waited so long takes it that the first one was cut off.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether it was started.</summary>
    public static async Task<bool> IsStartedAsync(DurableTaskClient client, string instanceId, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        do
        {
            if (await client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellation) is not null)
                return true;
            await Task.Delay(BetweenLooks, time, cancellation);
        }
        while (time.GetElapsedTime(began) < Longest);
        return false;
    }
}
