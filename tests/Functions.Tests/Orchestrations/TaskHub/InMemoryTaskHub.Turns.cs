using System.Text;
using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.History;
using Microsoft.DurableTask.Client;

namespace Darkroom.Functions.Tests.Orchestrations.TaskHub;

// Runs a turn of an orchestration: it takes messages and returns actions.
internal sealed partial class InMemoryTaskHub
{
    // The engine's limit, in bytes of UTF-16.
    private const int LargestCustomStatus = 16 * 1024;

    private static readonly TimeSpan QuickestMessage = TimeSpan.FromMilliseconds(50);

    private void RunTurn(HubInstance instance)
    {
        Turns++;
        // A turn takes a random number of the waiting messages, because the engine decides how many a turn takes.
        var events = new List<HistoryEvent> { new OrchestratorStartedEvent(-1) { Timestamp = Now.UtcDateTime } };
        for (var left = _random.Next(instance.Inbox.Count) + 1; left > 0; left--)
            events.Add(instance.Inbox.Dequeue());
        if (instance.Inbox.Count == 0)
            _ready.Remove(instance);

        var orchestrator = _orchestrators[instance.Name];
        var result = orchestrator.Run(instance.Parent, instance.History, events);
        instance.History.AddRange(events);
        instance.CustomStatus = result.CustomStatus;
        if (instance.CustomStatus is { } status && Encoding.Unicode.GetByteCount(status) > LargestCustomStatus)
            throw new InvalidOperationException($"The custom status of {instance.Id} is larger than {LargestCustomStatus} bytes.");
        instance.Status = StatusAfter(instance, events);
        instance.UpdatedAt = Now;
        var actions = result.Actions.OrderBy(action => action.Id).ToArray();
        instance.Recorded.AddRange(actions.Select(Orchestrator.Describe));
        foreach (var action in actions.Where(action => action is not OrchestrationCompleteOrchestratorAction))
            CarryOut(instance, action);
        instance.LongestHistory = Math.Max(instance.LongestHistory, instance.History.Count);
        if (actions.OfType<OrchestrationCompleteOrchestratorAction>().FirstOrDefault() is { } end)
            End(instance, orchestrator, end);
    }

    private static OrchestrationRuntimeStatus StatusAfter(HubInstance instance, IReadOnlyList<HistoryEvent> events) =>
        events.LastOrDefault(one => one is ExecutionSuspendedEvent or ExecutionResumedEvent) switch
        {
            ExecutionSuspendedEvent => OrchestrationRuntimeStatus.Suspended,
            null when instance.Status == OrchestrationRuntimeStatus.Suspended => OrchestrationRuntimeStatus.Suspended,
            _ => OrchestrationRuntimeStatus.Running,
        };

    private void CarryOut(HubInstance instance, OrchestratorAction action)
    {
        switch (action)
        {
            case ScheduleTaskOrchestratorAction task:
                instance.History.Add(new TaskScheduledEvent(task.Id, task.Name!, task.Version, task.Input));
                // The executor writes the input as a JSON array with one element; the worker removes the array.
                _calls.Add(new ActivityCall(instance, instance.Generation, task.Id, task.Name!, task.Input?[1..^1]));
                break;
            case CreateTimerOrchestratorAction timer:
                instance.History.Add(new TimerCreatedEvent(timer.Id, timer.FireAt));
                Schedule(
                    instance,
                    instance.Generation,
                    new TimerFiredEvent(-1, timer.FireAt) { TimerId = timer.Id },
                    FiresAt(new DateTimeOffset(timer.FireAt, TimeSpan.Zero)));
                break;
            case CreateSubOrchestrationAction child:
                instance.History.Add(
                    new SubOrchestrationInstanceCreatedEvent(child.Id)
                    {
                        Name = child.Name,
                        InstanceId = child.InstanceId,
                        Input = child.Input,
                    });
                StartWithJson(child.Name!, child.Input, child.InstanceId!, new HubParent(instance, instance.Generation, child.Id));
                break;
            case SendEventOrchestratorAction send:
                instance.History.Add(
                    new EventSentEvent(send.Id) { InstanceId = send.Instance!.InstanceId, Name = send.EventName, Input = send.EventData });
                Deliver(send.Instance.InstanceId, new EventRaisedEvent(-1, send.EventData) { Name = send.EventName });
                break;
            default:
                throw new NotSupportedException($"The action {action.GetType().Name} is not supported.");
        }
    }

    private DateTimeOffset FiresAt(DateTimeOffset due)
    {
        if (!HasEarlyTimers)
            return due;
        // The timer's message enters its queue a moment later, and waits there for the remaining time in whole seconds.
        var queued = Now + TimeSpan.FromSeconds(_random.NextDouble() / 4);
        var at = queued + TimeSpan.FromSeconds(Math.Floor(Math.Max(0, (due - queued).TotalSeconds)));
        // Every message takes a moment. Otherwise a workflow that sets its timer again would never advance the clock.
        var soonest = Now + QuickestMessage;
        return at > soonest ? at : soonest < due ? soonest : due;
    }

    private void End(HubInstance instance, Orchestrator orchestrator, OrchestrationCompleteOrchestratorAction end)
    {
        orchestrator.VerifyReplay(instance);
        if (end.OrchestrationStatus == OrchestrationStatus.ContinuedAsNew)
        {
            instance.BeginAgain(end.Result, end.NewVersion, end.CarryoverEvents);
            _ready.Add(instance);
            return;
        }

        instance.Status = Enum.Parse<OrchestrationRuntimeStatus>(end.OrchestrationStatus.ToString());
        (instance.Output, instance.Failure) = (end.Result, end.FailureDetails);
        instance.Inbox.Clear();
        _ready.Remove(instance);
        if (instance.Parent is { } parent)
        {
            HistoryEvent told = instance.Status == OrchestrationRuntimeStatus.Completed
                ? new SubOrchestrationInstanceCompletedEvent(-1, parent.TaskId, end.Result)
                : new SubOrchestrationInstanceFailedEvent(
                    -1,
                    parent.TaskId,
                    end.Result,
                    end.Details,
                    end.FailureDetails ?? new FailureDetails(
                        "Terminated", $"The sub-orchestration {instance.Id} was terminated.", null, null, false));
            Deliver(parent.Instance, parent.Generation, told);
        }
    }
}
