using Microsoft.DurableTask.Client;

namespace Darkroom.Durable;

/// <summary>Waits for an instance that another call is about to start.</summary>
internal static class InstanceStartWait
{
    // A start takes some tenths of a second. After two seconds the other call counts as interrupted.
    private const int Looks = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the instance exists; false when it does not exist after two seconds.</summary>
    public static async Task<bool> IsStartedAsync(
        DurableTaskClient client, string instanceId, TimeProvider time, CancellationToken cancellation)
    {
        for (var look = 0; look < Looks; look++)
        {
            if (await client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellation) is not null)
                return true;
            await Task.Delay(BetweenLooks, time, cancellation);
        }

        return false;
    }
}
