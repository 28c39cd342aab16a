using System.Text.Json;
using Darkroom.LocalHost.Engine;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Tests.Engine;

/// <summary>Functions as lambdas, without the host around them.</summary>
internal sealed class TestFunctions : IFunctionRunner
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<string?, CancellationToken, Task<object?>>> _activities = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Orchestrators => _orchestrators.Keys;

    public IReadOnlyCollection<string> Activities => _activities.Keys;

    public TestFunctions Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        _orchestrators[name] = code;
        return this;
    }

    public TestFunctions Activity(string name, Func<string?, object?> code) => Activity(name, (input, _) => Task.FromResult(code(input)));

    public TestFunctions Activity(string name, Func<string?, CancellationToken, Task<object?>> code)
    {
        _activities[name] = code;
        return this;
    }

    public bool HasOrchestrator(string name) => _orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => _activities.ContainsKey(name);

    public Task<object?> RunOrchestrator(string name, TaskOrchestrationContext context) => _orchestrators[name](context);

    public async Task<string?> RunActivityAsync(string name, string instanceId, string? input, CancellationToken stopping)
    {
        var result = await _activities[name](input is null ? null : JsonSerializer.Deserialize<JsonElement>(input).ToString(), stopping);
        return result is null ? null : JsonSerializer.Serialize(result);
    }
}
