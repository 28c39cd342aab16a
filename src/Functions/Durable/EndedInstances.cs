using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Durable;

/// <summary>Finds orchestrations that are over.</summary>
public static class EndedInstances
{
    /// <summary>Which of these instances are over, or were never there.</summary>
    [Function(nameof(FindEnded))]
    public static async Task<string[]> FindEnded(
        [ActivityTrigger] string[] instances, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(instances.Select(async id => (Id: id, Instance: await client.GetInstanceAsync(id, cancellation))));
        return [.. found.Where(one => one.Instance is null || one.Instance.IsCompleted).Select(one => one.Id)];
    }
}
