using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Functions;

/// <summary>Runs functions through the app's middleware.</summary>
internal sealed class FunctionInvoker
{
    private readonly FunctionExecutionDelegate _pipeline;

    /// <param name="services">The app's services.</param>
    /// <param name="converter">What inputs and outputs are written with.</param>
    /// <param name="buildPipeline">Puts the app's middleware around the function; null when there is none.</param>
    public FunctionInvoker(IServiceProvider services, DataConverter converter, Func<FunctionExecutionDelegate, FunctionExecutionDelegate>? buildPipeline = null)
    {
        Services = services;
        Converter = converter;
        _pipeline = buildPipeline?.Invoke(ExecuteAsync) ?? ExecuteAsync;
    }

    public IServiceProvider Services { get; }

    public DataConverter Converter { get; }

    /// <summary>
    /// Gives what the function returned. It begins on the calling thread and goes on where that thread's synchronisation context says,
    /// which is what makes replays of an orchestrator possible.
    /// </summary>
    public async Task<object?> InvokeAsync(Invocation invocation)
    {
        await _pipeline(invocation);
        return invocation.Result;
    }

    private static async Task ExecuteAsync(FunctionContext context)
    {
        var invocation = context as Invocation ?? context.Features.Get<Invocation>()
            ?? throw new InvalidOperationException("A middleware passed on a context that has not the features of the one it got.");
        invocation.Result = await invocation.Function.CallAsync(invocation);
    }
}
