using Microsoft.Azure.WebJobs;
using Microsoft.Extensions.Logging;
using ExecutionContext = Microsoft.Azure.WebJobs.ExecutionContext;

namespace Darkroom.LocalHost.Functions;

/// <summary>Where the generated methods lead. Public and static, because generated code calls it; there is one host in a process.</summary>
public static class FunctionEntry
{
    internal static FunctionInvoker Invoker { get; set; } = null!;

    /// <summary>Runs a function of the app.</summary>
    public static Task<object?> InvokeAsync(
        string name, object? trigger, Binder binder, ExecutionContext context, ILogger log, CancellationToken cancellation) =>
        Invoker.InvokeAsync(name, trigger, binder, context, cancellation);
}
