using System.Collections.Frozen;
using Darkroom.LocalHost.Engine;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Functions;

/// <summary>Runs orchestrators and activities for the engine.</summary>
internal sealed partial class FunctionRunner(FunctionCatalog catalog, FunctionInvoker invoker, ILogger<FunctionRunner> log) : IFunctionRunner
{
    private readonly FrozenDictionary<string, AppFunction> _orchestrators = catalog.ByDurableName(TriggerKind.Orchestration);
    private readonly FrozenDictionary<string, AppFunction> _activities = catalog.ByDurableName(TriggerKind.Activity);

    public IReadOnlyCollection<string> Orchestrators => _orchestrators.Keys;

    public IReadOnlyCollection<string> Activities => _activities.Keys;

    public bool HasOrchestrator(string name) => _orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => _activities.ContainsKey(name);

    public async Task<object?> RunOrchestrator(string name, TaskOrchestrationContext context)
    {
        if (!_orchestrators.TryGetValue(name, out var function))
            throw new ArgumentException(UnknownFunction.Message("orchestrator", name, Orchestrators), nameof(name));

        var invocation = new Invocation(function, invoker, context);
        try
        {
            return await invoker.InvokeAsync(invocation);
        }
        finally
        {
            // Disposing may wait for something that is not durable, so it does not happen in the orchestrator's time.
            if (invocation.HasScope)
                ThreadPool.UnsafeQueueUserWorkItem(_ => _ = DisposeAsync(invocation), null);
        }
    }

    public async Task<string?> RunActivityAsync(string name, string instanceId, string? input, CancellationToken stopping)
    {
        if (!_activities.TryGetValue(name, out var function))
            throw new ArgumentException(UnknownFunction.Message("activity", name, Activities), nameof(name));

        await using var invocation = new Invocation(function, invoker, input, () => InvocationData.Of(("instanceId", instanceId)), stopping);
        try
        {
            return invoker.Converter.Serialize(await invoker.InvokeAsync(invocation));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogActivityFailed(name, instanceId, exception);
            throw;
        }
    }

    private async Task DisposeAsync(Invocation invocation)
    {
        try
        {
            await invocation.DisposeAsync();
        }
        catch (Exception exception) // what an app's services throw there can be anything, and nobody is left to catch it
        {
            LogDisposeFailed(invocation.Function.Name, exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "Activity {Name} of instance {InstanceId} failed.")]
    private partial void LogActivityFailed(string name, string instanceId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The services of an invocation of {Name} could not be disposed of.")]
    private partial void LogDisposeFailed(string name, Exception exception);
}
