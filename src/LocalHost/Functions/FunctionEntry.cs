using Microsoft.Azure.WebJobs;
using Microsoft.Extensions.Logging;
using ExecutionContext = Microsoft.Azure.WebJobs.ExecutionContext;

namespace Darkroom.LocalHost.Functions;

/// <summary>The entry point for the generated methods. It is public and static because they call it. A process has one host.</summary>
public static class FunctionEntry
{
    internal static FunctionInvoker Invoker { get; set; } = null!;

    public static Task<object?> InvokeAsync(
        string name, object? trigger, Binder binder, ExecutionContext context, ILogger log, CancellationToken cancellation) =>
        Invoker.InvokeAsync(name, trigger, binder, context, cancellation);
}
