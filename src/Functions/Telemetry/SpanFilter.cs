using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using OpenTelemetry;

namespace Darkroom.Telemetry;

/// <summary>
/// Keeps spans out of the export that would be half of a job's trace and say little: each run of an orchestrator function, which takes some
/// milliseconds after each event, and each event that is sent. The host exports one span for the whole orchestration.
/// </summary>
internal sealed class SpanFilter : BaseProcessor<Activity>
{
    /// <summary>The source of the durable client.</summary>
    public const string DurableSource = "Microsoft.DurableTask";

    private const string WorkerSource = "Microsoft.Azure.Functions.Worker";

    private static readonly FrozenSet<string> Orchestrators = typeof(SpanFilter).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(OrchestrationTriggerAttribute))))
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var isLeftOut = data.Source.Name switch
        {
            WorkerSource => data.GetTagItem("faas.name") is string name && Orchestrators.Contains(name),
            DurableSource => data.GetTagItem("durabletask.type") is "event",
            _ => false,
        };
        if (isLeftOut)
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
