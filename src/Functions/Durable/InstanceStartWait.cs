using Microsoft.DurableTask.Client;

namespace Darkroom.Durable;

/// <summary>Waits for an instance that somebody else is about to start.</summary>
internal static class InstanceStartWait
{
    // A start takes some tenths of a second; who has looked for two seconds takes it that the first one was cut off.
    private const int Looks = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether it was started.</summary>
    public static async Task<bool> IsStartedAsync(
        DurableTaskClient client, string instanceId, TimeProvider time, CancellationToken cancellation)
    {
        using var pace = new PeriodicTimer(BetweenLooks, time);
        for (var look = 0; look < Looks; look++)
        {
            if (await client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellation) is not null)
                return true;
            await pace.WaitForNextTickAsync(cancellation);
        }

        return false;
    }
}
