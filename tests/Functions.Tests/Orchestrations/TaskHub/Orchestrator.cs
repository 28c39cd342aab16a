using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging.Abstractions;

namespace Darkroom.Functions.Tests.Orchestrations.TaskHub;

/// <summary>
/// Runs an orchestrator function over a history, with the executor and the context of the Functions worker. Replay, retries, events,
/// generated ids and the check of the order of actions are Microsoft's code.
/// </summary>
internal sealed class Orchestrator(Func<ParentOrchestrationInstance?, TaskOrchestration> create)
{
    private static readonly DurableTaskShimFactory Factory = new(
        new DurableTaskWorkerOptions { DataConverter = InMemoryTaskHub.Converter }, NullLoggerFactory.Instance);

    /// <typeparam name="TInput">What the function reads with <c>GetInput</c>.</typeparam>
    /// <typeparam name="TOutput">What it returns.</typeparam>
    public static Orchestrator Of<TInput, TOutput>(string name, Func<TaskOrchestrationContext, Task<TOutput?>> run) =>
        new(parent => Factory.CreateOrchestration<TInput, TOutput>(name, (context, _) => run(context), parent));

    /// <summary>Runs one turn: replays <paramref name="past"/>, then handles <paramref name="events"/>.</summary>
    public OrchestratorExecutionResult Run(HubParent? parent, IReadOnlyList<HistoryEvent> past, IEnumerable<HistoryEvent> events)
    {
        var state = new OrchestrationRuntimeState([.. past]);
        foreach (var one in events)
            state.AddEvent(one);
        var caller = parent is null ? null : new ParentOrchestrationInstance(parent.Instance.Name, parent.Instance.Id);
        var result = new TaskOrchestrationExecutor(
            state, create(caller), BehaviorOnContinueAsNew.Carryover, ErrorPropagationMode.UseFailureDetails).Execute();
        if (result.Actions.OfType<OrchestrationCompleteOrchestratorAction>().FirstOrDefault()?.FailureDetails is { } failure
                && failure.IsCausedBy<NonDeterministicOrchestrationException>())
            throw new NonDeterministicReplayException(failure.ErrorMessage);
        return result;
    }

    /// <summary>
    /// Runs a whole generation again from its first event, and compares all its actions with the recorded ones. The executor itself
    /// compares only names and kinds; this check also finds a different payload, time or status.
    /// </summary>
    public void VerifyReplay(HubInstance instance)
    {
        // Skip an instance that has not run yet, and a suspended one: the executor holds back all actions of a suspended instance.
        if (instance.History.Count == 0
                || instance.History.LastOrDefault(
                    one => one is ExecutionSuspendedEvent or ExecutionResumedEvent) is ExecutionSuspendedEvent)
            return;
        var happened = instance.History.Where(
            one =>
                one is not (
                    TaskScheduledEvent or TimerCreatedEvent or SubOrchestrationInstanceCreatedEvent or EventSentEvent
                        or ExecutionCompletedEvent or ContinueAsNewEvent));
        var again = Run(instance.Parent, [], happened).Actions.OrderBy(action => action.Id).Select(Describe).ToArray();
        for (var at = 0; at < Math.Max(again.Length, instance.Recorded.Count); at++)
        {
            var (was, now) = (instance.Recorded.ElementAtOrDefault(at), again.ElementAtOrDefault(at));
            if (was != now)
                throw new NonDeterministicReplayException(
                    $"{instance.Id}, action {at}: the first run asked for\n{was}\nand the replay for\n{now}");
        }
    }

    /// <summary>Describes an action, with everything that must be the same in a replay.</summary>
    public static string Describe(OrchestratorAction action) => action switch
    {
        ScheduleTaskOrchestratorAction task => $"{task.Id} call {task.Name} {task.Input}",
        CreateTimerOrchestratorAction timer => $"{timer.Id} timer {timer.FireAt:o}",
        CreateSubOrchestrationAction child => $"{child.Id} start {child.Name} {child.InstanceId} {child.Input}",
        SendEventOrchestratorAction send => $"{send.Id} send {send.EventName} to {send.Instance?.InstanceId} {send.EventData}",
        OrchestrationCompleteOrchestratorAction end => $"{end.Id} end {end.OrchestrationStatus} {end.Result}",
        _ => throw new NotSupportedException($"The action {action.GetType().Name} is not supported."),
    };
}

/// <summary>The replay of an orchestration differs from its first run.</summary>
internal sealed class NonDeterministicReplayException(string message) : Exception(message);
