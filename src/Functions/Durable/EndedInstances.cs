using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Durable;

/// <summary>Finds orchestrations that have ended.</summary>
public static class EndedInstances
{
    /// <summary>Returns those of the given instances that have ended or do not exist.</summary>
    [Function(nameof(FindEnded))]
    public static async Task<string[]> FindEnded(
        [ActivityTrigger] string[] instances, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(instances.Select(async id => (Id: id, Instance: await client.GetInstanceAsync(id, cancellation))));
        return [.. found.Where(one => one.Instance is null || one.Instance.IsCompleted).Select(one => one.Id)];
    }
}
