using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;
using Darkroom.LocalHost.Journal;
using Darkroom.LocalHost.Replay;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Engine;

/// <summary>Makes one step of an instance: from what it was told since the last one to the record of what became of it.</summary>
internal sealed partial class Stepper(IFunctionRunner functions, DataConverter converter, ILoggerFactory loggers, string defaultVersion)
{
    private readonly ILogger _log = loggers.CreateLogger<Stepper>();

    /// <param name="instance">Whose step it is; nothing else changes it meanwhile.</param>
    /// <param name="told">What it was told, in order.</param>
    /// <param name="consumed">How many of these are in the journal.</param>
    /// <param name="now">The step's time.</param>
    /// <param name="newExecutionId">The id of the execution that follows, if one does.</param>
    /// <param name="foreignContinuation">Called when something that is not durable comes back to the code.</param>
    /// <returns>Null when there was nothing to do and nothing to write down.</returns>
    public StepRecord? Step(Instance instance, IReadOnlyList<Message> told, int consumed, DateTime now, Func<string> newExecutionId, Action foreignContinuation)
    {
        var live = instance.Live!;
        var news = new List<HistoryEvent> { new OrchestratorStarted(now) };
        if (live.History.Count == 0)
            news.Add(live.Begin);
        var count = news.Count;
        StepNews.Add(news, instance.ExecutionId, live, told);
        if (news.Count == count && live.History.Count > 0 && !told.Any(message => message is ResumeMessage or ForeignAwaitMessage))
            return consumed == 0 ? null : new StepRecord(instance.Id, instance.ExecutionId, instance.Name, consumed, []) { CustomStatus = live.CustomStatus };

        var outcome = EndedFromOutside(told, instance, live, news) ?? Run(instance, live, news, foreignContinuation);
        news.AddRange(outcome.Decisions);
        if (outcome.End is { } end)
            news.Add(end);
        if (outcome.End is ExecutionCompleted { Ending: Ending.Failed, Failure: { } failure })
            LogFailed(instance.Name, instance.Id, failure.ErrorType, failure.ErrorMessage);
        return new StepRecord(instance.Id, instance.ExecutionId, instance.Name, consumed, news)
        {
            CancelledTimers = outcome.CancelledTimers,
            CustomStatus = outcome.CustomStatus,
            NextExecutionId = outcome.End is ContinuedAsNew ? newExecutionId() : null,
            Tells = Tells(live, news),
        };
    }

    /// <summary>Whether the code goes along with a history to its end.</summary>
    public bool CanReplay(string instanceId, ExecutionStarted begin, IReadOnlyList<HistoryEvent> history)
    {
        var subject = new ReplaySubject(instanceId, begin, converter, loggers, defaultVersion);
        var outcome = OrchestrationRun.Run(
            subject, context => functions.RunOrchestrator(begin.Name, context), history, [], foreignContinuation: () => { });
        return outcome.Decisions.Count == 0 && (outcome.End as ExecutionCompleted)?.Failure?.ErrorType != typeof(NonDeterminismException).FullName;
    }

    private RunOutcome Run(Instance instance, LiveExecution live, IReadOnlyList<HistoryEvent> news, Action foreignContinuation)
    {
        if (!functions.HasOrchestrator(live.Begin.Name))
        {
            return Over(live, new ExecutionCompleted(Ending.Failed, Result: null, new TaskFailureDetails(
                typeof(ArgumentException).FullName!, UnknownFunction.Message("orchestrator", live.Begin.Name, functions.Orchestrators), null, null, null)));
        }

        var subject = new ReplaySubject(instance.Id, live.Begin, converter, loggers, defaultVersion);
        return OrchestrationRun.Run(subject, context => functions.RunOrchestrator(live.Begin.Name, context), live.History, news, foreignContinuation);
    }

    // The code has no say in these, and its finally blocks do not run.
    private static RunOutcome? EndedFromOutside(IReadOnlyList<Message> told, Instance instance, LiveExecution live, IReadOnlyList<HistoryEvent> news)
    {
        if (news.OfType<ExecutionTerminated>().FirstOrDefault() is { } terminated)
            return Over(live, new ExecutionCompleted(Ending.Terminated, terminated.Output, Failure: null));
        if (!told.OfType<ForeignAwaitMessage>().Any(foreign => foreign.ExecutionId == instance.ExecutionId))
            return null;
        return Over(live, new ExecutionCompleted(Ending.Failed, Result: null, new TaskFailureDetails(
            typeof(InvalidOperationException).FullName!,
            $"The orchestrator '{live.Begin.Name}' was resumed by something that is not durable, which no replay could repeat. Await only what the context gives; everything else belongs in an activity.",
            null, null, null)));
    }

    private static RunOutcome Over(LiveExecution live, ExecutionCompleted end) => new() { Decisions = [], CustomStatus = live.CustomStatus, End = end };

    private static IReadOnlyList<Tell> Tells(LiveExecution live, List<HistoryEvent> news)
    {
        var tells = new List<Tell>();
        if (news.OfType<ExecutionTerminated>().FirstOrDefault() is { Recursive: true } terminated)
            tells.AddRange(live.Open.Values.OfType<SubOrchestrationCreated>().Select(child => new Tell(child.InstanceId, new TerminateMessage(terminated.Output, Recursive: true))));
        if (live.Begin.Parent is { } parent && news[^1] is ExecutionCompleted over)
        {
            tells.Add(new Tell(parent.InstanceId, new ChildMessage(
                parent.ExecutionId, parent.TaskId, over.Ending == Ending.Completed, over.Ending == Ending.Completed ? over.Result : null, over.Failure)));
        }

        return tells;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Orchestration {Name} ({InstanceId}) failed: {ErrorType}: {Reason}")]
    private partial void LogFailed(string name, string instanceId, string errorType, string reason);
}
