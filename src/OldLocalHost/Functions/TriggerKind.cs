using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Darkroom.LocalHost.Functions;

/// <summary>What starts a function.</summary>
internal enum TriggerKind
{
    Http,
    Queue,
    Timer,
    Orchestration,
    Activity,
}

/// <summary>Kinds, the attributes that stand for them, and the names that people know them by.</summary>
internal static class TriggerKinds
{
    /// <summary>Null for a trigger that is not supported here.</summary>
    public static TriggerKind? Of(TriggerBindingAttribute trigger) => trigger switch
    {
        HttpTriggerAttribute => TriggerKind.Http,
        QueueTriggerAttribute => TriggerKind.Queue,
        TimerTriggerAttribute => TriggerKind.Timer,
        OrchestrationTriggerAttribute => TriggerKind.Orchestration,
        ActivityTriggerAttribute => TriggerKind.Activity,
        _ => null,
    };

    /// <summary>The type of the binding, such as <c>httpTrigger</c>.</summary>
    public static string BindingType(this TriggerKind kind) => kind switch
    {
        TriggerKind.Http => "httpTrigger",
        TriggerKind.Queue => "queueTrigger",
        TriggerKind.Timer => "timerTrigger",
        TriggerKind.Orchestration => "orchestrationTrigger",
        _ => "activityTrigger",
    };
}
