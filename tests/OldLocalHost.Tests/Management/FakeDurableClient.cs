using System.Text.Json;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace Darkroom.LocalHost.Tests.Management;

/// <summary>A client that knows the instances it is given and writes down what it is asked to do.</summary>
internal sealed class FakeDurableClient() : DurableTaskClient("Fake")
{
    private static readonly JsonDataConverter Converter = new(new JsonSerializerOptions());

    public Dictionary<string, OrchestrationMetadata> Instances { get; } = [];

    public List<string> Calls { get; } = [];

    public List<OrchestrationQuery?> Queries { get; } = [];

    /// <summary>What the next call fails with.</summary>
    public Exception? Failure { get; set; }

    public TaskCompletionSource<OrchestrationMetadata>? Completion { get; set; }

    public string? NextToken { get; set; }

    public OrchestrationMetadata Add(string id, OrchestrationRuntimeStatus status, string? input = null, string? output = null, string? customStatus = null, TaskFailureDetails? failure = null) =>
        Instances[id] = new OrchestrationMetadata("Develop", id)
        {
            RuntimeStatus = status,
            CreatedAt = new DateTimeOffset(2026, 11, 21, 10, 0, 0, 987, TimeSpan.Zero),
            LastUpdatedAt = new DateTimeOffset(2026, 11, 21, 12, 0, 5, 123, TimeSpan.FromHours(2)),
            SerializedInput = input,
            SerializedOutput = output,
            SerializedCustomStatus = customStatus,
            FailureDetails = failure,
            DataConverter = Converter,
        };

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        Note($"start {orchestratorName} {options!.InstanceId} {Converter.Serialize(input) ?? "nothing"} v{options.Version?.Version}");
        if (Instances.ContainsKey(options.InstanceId!))
            throw new OrchestrationAlreadyExistsException($"An Orchestration instance with the ID {options.InstanceId} already exists.");
        Add(options.InstanceId!, OrchestrationRuntimeStatus.Pending);
        return Task.FromResult(options.InstanceId!);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        Note($"raise {instanceId} {eventName} {Converter.Serialize(eventPayload)}");
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        Note($"wait {instanceId} {getInputsAndOutputs}");
        return (Completion ??= new TaskCompletionSource<OrchestrationMetadata>()).Task.WaitAsync(cancellation);
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Note($"terminate {instanceId} {options?.Output ?? "nothing"}");
        return Task.CompletedTask;
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        Note($"suspend {instanceId} {reason ?? "nothing"}");
        return Task.CompletedTask;
    }

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        Note($"resume {instanceId} {reason ?? "nothing"}");
        return Task.CompletedTask;
    }

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        Note($"rewind {instanceId} {reason}");
        return Task.CompletedTask;
    }

    public override Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        Note($"restart {instanceId} {restartWithNewInstanceId}");
        return Task.FromResult(restartWithNewInstanceId ? "fresh" : instanceId);
    }

    public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Note($"purge {instanceId}");
        return Task.FromResult(new PurgeResult(Instances.Remove(instanceId) ? 1 : 0));
    }

    public override Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Note($"purge {filter.CreatedFrom:o} {filter.CreatedTo:o} {string.Join(',', filter.Statuses ?? [])}");
        return Task.FromResult(new PurgeResult(Instances.Count));
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(Instances.GetValueOrDefault(instanceId));

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        Queries.Add(filter);
        return Pageable.Create<OrchestrationMetadata>((_, _) => Task.FromResult(new Page<OrchestrationMetadata>([.. Instances.Values], NextToken)));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Note(string call)
    {
        Calls.Add(call);
        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }
    }
}
