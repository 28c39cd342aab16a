using Darkroom.LocalHost.Engine;
using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Darkroom.LocalHost.Journal;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Client;

/// <summary>Starts, tells and asks instances of this process's engine. Whatever it returns from is durable.</summary>
internal sealed class LocalDurableTaskClient(DurableEngine engine, DataConverter converter, ClientSettings settings) : DurableTaskClient(settings.TaskHub)
{
    private readonly KeyedGate _deciding = new();

    private EngineCore Core => engine.Core;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(orchestratorName.Name, nameof(orchestratorName));
        var leftAlone = Dedupe.Of(options);
        var tags = options?.Tags is { Count: > 0 } some ? some.ToDictionary() : null;
        var begin = new ExecutionStarted(
            orchestratorName.Name, converter.Serialize(input), options?.Version?.Version ?? settings.DefaultVersion, tags, Parent: null);
        return await StartAsync(options?.InstanceId ?? Core.NewId(), begin, options?.StartAt, leftAlone, cancellation);
    }

    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        await PostAsync(instanceId, new EventMessage(eventName, converter.Serialize(eventPayload)), "raise an event in");
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, new TerminateMessage(converter.Serialize(options?.Output), options?.Recursive ?? false), "terminate");

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, new SuspendMessage(reason), "suspend", status => status is not OrchestrationRuntimeStatus.Suspended);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, new ResumeMessage(reason), "resume", status => status is OrchestrationRuntimeStatus.Suspended);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, instance => instance.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, instance => instance.IsCompleted, cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(Get(instanceId, getInputsAndOutputs));

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = InstanceQueries.Of(filter);
        return Pageable.Create((token, size, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult(Page(query, PageToken.Parse(token ?? filter?.ContinuationToken), size ?? filter?.PageSize ?? OrchestrationQuery.DefaultPageSize, filter?.FetchInputsAndOutputs ?? false));
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        using var pass = await _deciding.EnterAsync(instanceId, cancellation);
        if (Get(instanceId, getInputsAndOutputs: false) is not { } instance)
            return new PurgeResult(0);
        if (!instance.IsCompleted)
            throw new InvalidOperationException($"Only orchestrations in a terminal state can be purged, but '{instanceId}' is {instance.RuntimeStatus}.");

        await engine.AppendAsync(new PurgeRecord(instanceId));
        return new PurgeResult(1);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var finished = InstanceQueries.Finished.Where(status => filter.Statuses is null || !filter.Statuses.Any() || filter.Statuses.Contains(status)).ToArray();
        if (finished.Length == 0)
            return new PurgeResult(0);

        List<string> ids;
        var query = new InstanceQuery { CreatedFrom = filter.CreatedFrom?.UtcDateTime, CreatedTo = filter.CreatedTo?.UtcDateTime, Statuses = finished };
        lock (Core.Guard)
            ids = [.. Core.Table.Index.Find(query, after: null).Select(instance => instance.Id)];
        var purged = 0;
        // In chunks, so that one sync serves many and a cancellation is heard.
        foreach (var chunk in ids.Chunk(500))
        {
            cancellation.ThrowIfCancellationRequested();
            purged += (await Task.WhenAll(chunk.Select(id => PurgeIfFinishedAsync(id, cancellation)))).Sum();
        }

        return new PurgeResult(purged);
    }

    public override async Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        var before = Core.Read(instanceId) ?? throw new ArgumentException($"An orchestration with the instanceId {instanceId} was not found.", nameof(instanceId));
        var begin = before.Begin with { Parent = null };
        var id = restartWithNewInstanceId ? Core.NewId() : instanceId;
        // Under its own id it makes room for itself, whatever state it is in.
        return await StartAsync(id, begin, startAt: null, leftAlone: [], cancellation);
    }

    public override async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        using var pass = await _deciding.EnterAsync(instanceId, cancellation);
        var status = Get(instanceId, getInputsAndOutputs: false)?.RuntimeStatus
            ?? throw new ArgumentException($"An orchestration with the instanceId {instanceId} was not found.", nameof(instanceId));
        if (status != OrchestrationRuntimeStatus.Failed)
            throw new InvalidOperationException($"Only failed orchestrations can be rewound, but '{instanceId}' is {status}.");

        await engine.AppendAsync(engine.Core.Rewind(instanceId, reason));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<string> StartAsync(
        string id, ExecutionStarted begin, DateTimeOffset? startAt, IReadOnlyCollection<OrchestrationRuntimeStatus> leftAlone, CancellationToken cancellation)
    {
        InstanceIds.Check(id);
        using var pass = await _deciding.EnterAsync(id, cancellation);
        if (Get(id, getInputsAndOutputs: false) is { } existing)
        {
            if (leftAlone.Contains(existing.RuntimeStatus))
                throw new OrchestrationAlreadyExistsException($"An Orchestration instance with the ID {id} already exists.");
            if (!existing.IsCompleted)
            {
                await engine.AppendAsync(new PostRecord(id, new TerminateMessage(Output: null, Recursive: false)));
                await WaitForInstanceCompletionAsync(id, cancellation);
            }
        }

        var now = Core.Now;
        var later = startAt?.UtcDateTime is { } at && at > now ? at : (DateTime?)null;
        await engine.AppendAsync(new StartRecord(id, Core.NewId(), begin, now, later));
        return id;
    }

    private async Task PostAsync(string instanceId, DurableMessage message, string what, Func<OrchestrationRuntimeStatus, bool>? allowed = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var instance = Get(instanceId, getInputsAndOutputs: false) ?? throw new ArgumentException($"No instance with ID '{instanceId}' was found.", nameof(instanceId));
        if (instance.IsCompleted || allowed?.Invoke(instance.RuntimeStatus) == false)
            throw new InvalidOperationException($"Cannot {what} the orchestration instance {instanceId} because instance is in the {instance.RuntimeStatus} state.");
        await engine.AppendAsync(new PostRecord(instanceId, message));
    }

    private async Task<int> PurgeIfFinishedAsync(string id, CancellationToken cancellation)
    {
        using var pass = await _deciding.EnterAsync(id, cancellation);
        if (Get(id, getInputsAndOutputs: false) is not { IsCompleted: true })
            return 0;
        await engine.AppendAsync(new PurgeRecord(id));
        return 1;
    }

    private async Task<OrchestrationMetadata> WaitAsync(string instanceId, bool getInputsAndOutputs, Func<OrchestrationMetadata, bool> isSo, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            var changed = Core.Waiters.Next(instanceId);
            if (Get(instanceId, getInputsAndOutputs: false) is { } brief && isSo(brief) && (!getInputsAndOutputs || Get(instanceId, getInputsAndOutputs: true) is not null))
                return Get(instanceId, getInputsAndOutputs) ?? brief;
            await changed.WaitAsync(cancellation);
        }
    }

    private OrchestrationMetadata? Get(string instanceId, bool getInputsAndOutputs)
    {
        OrchestrationMetadata brief;
        lock (Core.Guard)
        {
            if (Core.Table.Find(instanceId) is not { } instance)
                return null;
            brief = Metadata.Of(instance);
        }

        if (!getInputsAndOutputs)
            return brief;
        return Core.Read(instanceId) is { } all ? Metadata.Of(brief, all, converter) : null;
    }

    private Page<OrchestrationMetadata> Page(InstanceQuery query, PageToken? after, int size, bool getInputsAndOutputs)
    {
        List<OrchestrationMetadata> found;
        lock (Core.Guard)
            found = [.. Core.Table.Index.Find(query, after).Take(size + 1).Select(Metadata.Of)];
        var page = found.Take(size).ToList();
        var next = found.Count > size ? new PageToken(page[^1].CreatedAt.UtcDateTime, page[^1].InstanceId).ToString() : null;
        if (getInputsAndOutputs)
            page = [.. page.Select(brief => Core.Read(brief.InstanceId) is { } all ? Metadata.Of(brief, all, converter) : null).OfType<OrchestrationMetadata>()];
        return new Page<OrchestrationMetadata>(page, next);
    }
}
