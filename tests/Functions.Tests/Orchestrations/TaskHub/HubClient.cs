using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.Functions.Tests.Orchestrations.TaskHub;

/// <summary>
/// The durable client that activities and services of the app get in a test. It reads and writes the instances of the in-memory hub.
/// </summary>
internal class HubClient(InMemoryTaskHub hub) : DurableTaskClient("test")
{
    private static readonly string[] UnderWay = [
        nameof(OrchestrationRuntimeStatus.Running),
        nameof(OrchestrationRuntimeStatus.Pending),
        nameof(OrchestrationRuntimeStatus.Suspended)];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        // Without an explicit list, the engine refuses an id only while its instance is under way.
        if (hub.Find(id) is { } there && (options?.DedupeStatuses ?? UnderWay).Contains(there.Status.ToString()))
            throw new OrchestrationAlreadyExistsException($"The instance {id} already exists.");
        hub.Start(orchestratorName.Name, input, id, parent: null, options?.Tags);
        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        hub.RaiseEvent(instanceId, eventName, eventPayload);
        return Task.CompletedTask;
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        hub.Terminate(instanceId);
        return Task.CompletedTask;
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        hub.Suspend(instanceId);
        return Task.CompletedTask;
    }

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        hub.Resume(instanceId);
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(hub.Find(instanceId) is { } instance ? MetadataOf(instance, getInputsAndOutputs) : null);

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Task.FromResult(new PurgeResult(hub.Purge(instanceId) ? 1 : 0));

    // The hub runs only when a test runs it, so a wait here would never end.
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var found = hub.Instances.Where(instance => filter?.Statuses?.Contains(instance.Status) != false)
            .OrderBy(instance => instance.Id, StringComparer.Ordinal)
            .ToArray();
        return Pageable.Create<OrchestrationMetadata>((token, size, _) =>
        {
            var begin = int.Parse(token ?? filter?.ContinuationToken ?? "0");
            var page = found.Skip(begin)
                .Take(size ?? filter?.PageSize ?? 100)
                .Select(instance => MetadataOf(instance, filter?.FetchInputsAndOutputs == true))
                .ToArray();
            var next = begin + page.Length;
            return Task.FromResult(new Page<OrchestrationMetadata>(page, next < found.Length ? $"{next}" : null));
        });
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationMetadata MetadataOf(HubInstance instance, bool withInputsAndOutputs) => new(instance.Name, instance.Id)
    {
        RuntimeStatus = instance.Status,
        CreatedAt = instance.CreatedAt,
        LastUpdatedAt = instance.UpdatedAt,
        SerializedInput = withInputsAndOutputs ? instance.Input : null,
        SerializedOutput = withInputsAndOutputs ? instance.Output : null,
        SerializedCustomStatus = withInputsAndOutputs ? instance.CustomStatus : null,
        DataConverter = withInputsAndOutputs ? InMemoryTaskHub.Converter : null,
        Tags = instance.Tags,
    };
}
