using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace Darkroom.LocalHost.Functions;

/// <summary>The trace that an invocation belongs to, or a new one.</summary>
internal sealed class InvocationTrace(string parent, string state) : TraceContext
{
    public override string TraceParent { get; } = parent;

    public override string TraceState { get; } = state;

    public static TraceContext Current() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity
        ? new InvocationTrace(id, activity.TraceStateString ?? "")
        : new InvocationTrace($"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00", "");
}
