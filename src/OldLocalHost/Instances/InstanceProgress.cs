using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Journal;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Instances;

/// <summary>What the events of a step mean for the instance whose step it was.</summary>
internal static class InstanceProgress
{
    /// <summary>Takes one step: what it consumed is gone, what it decided is open.</summary>
    public static void Advance(Instance instance, StepRecord step, IInstanceEffects? effects)
    {
        var live = instance.Live!;
        live.Inbox.RemoveRange(0, step.Consumed);
        live.CustomStatus = step.CustomStatus;
        if (instance.Status == OrchestrationRuntimeStatus.Pending)
            instance.Status = OrchestrationRuntimeStatus.Running;

        live.History.AddRange(step.Events);
        foreach (var happened in step.Events)
        {
            if (happened is ContinuedAsNew next)
                Renew(instance, live, next, step.NextExecutionId!, effects);
            else
                Follow(instance, live, happened, effects);
        }

        foreach (var timer in step.CancelledTimers)
        {
            live.Open.Remove(timer);
            effects?.ForgetTimer(instance, timer);
        }
    }

    /// <summary>One event.</summary>
    public static void Follow(Instance instance, LiveExecution live, HistoryEvent happened, IInstanceEffects? effects)
    {
        switch (happened)
        {
            case OrchestratorStarted started:
                instance.UpdatedAt = started.At;
                break;
            case TaskScheduled activity:
                live.Open[activity.Id] = activity;
                effects?.RunActivity(instance, activity);
                break;
            case TimerCreated timer:
                live.Open[timer.Id] = timer;
                effects?.SetTimer(instance, timer.Id, timer.FireAt);
                break;
            case SubOrchestrationCreated child:
                live.Open[child.Id] = child;
                break;
            case TaskCompleted { Id: var id }:
                live.Open.Remove(id);
                break;
            case TaskFailed { Id: var id }:
                live.Open.Remove(id);
                break;
            case TimerFired { Id: var id }:
                live.Open.Remove(id);
                break;
            case SubOrchestrationCompleted { Id: var id }:
                live.Open.Remove(id);
                break;
            case SubOrchestrationFailed { Id: var id }:
                live.Open.Remove(id);
                break;
            case ExecutionSuspended:
                live.IsSuspended = true;
                instance.Status = OrchestrationRuntimeStatus.Suspended;
                break;
            case ExecutionResumed:
                live.IsSuspended = false;
                instance.Status = OrchestrationRuntimeStatus.Running;
                break;
            case ExecutionCompleted over:
                End(instance, live, over.Ending, effects);
                break;
            default:
                break;
        }
    }

    private static void End(Instance instance, LiveExecution live, Ending ending, IInstanceEffects? effects)
    {
        instance.Status = ending switch
        {
            Ending.Completed => OrchestrationRuntimeStatus.Completed,
            Ending.Failed => OrchestrationRuntimeStatus.Failed,
            _ => OrchestrationRuntimeStatus.Terminated,
        };
        ForgetTimers(instance, live, effects);
        instance.Live = null;
    }

    private static void Renew(Instance instance, LiveExecution old, ContinuedAsNew next, string executionId, IInstanceEffects? effects)
    {
        ForgetTimers(instance, old, effects);
        var begin = old.Begin with { Input = next.Input, Version = next.Version };
        var live = new LiveExecution(begin) { CustomStatus = old.CustomStatus, IsStepping = old.IsStepping };
        live.Inbox.AddRange(old.Inbox.OfType<DurableMessage>());
        live.Inbox.AddRange(next.Carried.Select(carried => new EventMessage(carried.Name, carried.Input)));
        instance.ExecutionId = executionId;
        instance.CreatedAt = instance.UpdatedAt;
        instance.LastRecord = default;
        instance.Live = live;
    }

    private static void ForgetTimers(Instance instance, LiveExecution live, IInstanceEffects? effects)
    {
        foreach (var timer in live.Open.Values.OfType<TimerCreated>())
            effects?.ForgetTimer(instance, timer.Id);
    }
}
