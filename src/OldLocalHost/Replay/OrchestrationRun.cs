using Darkroom.LocalHost.History;
using Microsoft.DurableTask;

namespace Darkroom.LocalHost.Replay;

/// <summary>
/// One run of an orchestrator's code: first along its history, where it must decide what it decided then, then over what is new. The code
/// knows no difference. The run touches nothing; what it comes to is a value.
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly Func<TaskOrchestrationContext, Task<object?>> _orchestrator;
    private readonly ReplayContext _context;
    private readonly ReplayThread _thread;
    private readonly ReplaySubject _subject;
    private readonly Queue<HistoryEvent> _heldBack = [];
    private Task<object?>? _function;
    private bool _isSuspended;

    private OrchestrationRun(ReplaySubject subject, Func<TaskOrchestrationContext, Task<object?>> orchestrator, Action foreignContinuation)
    {
        _subject = subject;
        _orchestrator = orchestrator;
        _thread = new ReplayThread(foreignContinuation);
        _context = new ReplayContext(subject, _thread);
    }

    /// <param name="subject">Whose history it is.</param>
    /// <param name="orchestrator">The code.</param>
    /// <param name="past">What was committed.</param>
    /// <param name="news">What this step adds; begins with its <see cref="OrchestratorStarted"/>.</param>
    /// <param name="foreignContinuation">Called, now or later, when something that is not durable comes back to the code.</param>
    public static RunOutcome Run(
        ReplaySubject subject,
        Func<TaskOrchestrationContext, Task<object?>> orchestrator,
        IReadOnlyList<HistoryEvent> past,
        IReadOnlyList<HistoryEvent> news,
        Action foreignContinuation)
    {
        var run = new OrchestrationRun(subject, orchestrator, foreignContinuation);
        try
        {
            for (var i = 0; i < past.Count; i++)
                run.Feed(past[i], isReplaying: true);
            for (var i = 0; i < news.Count; i++)
                run.Feed(news[i], isReplaying: false);
            return run.Outcome();
        }
        catch (NonDeterminismException exception)
        {
            // What this code decided is not what the instance decides: nothing of it counts.
            return run.Failed(TaskFailureDetails.FromException(exception)) with { Decisions = [] };
        }
        finally
        {
            run._thread.End();
        }
    }

    private void Feed(HistoryEvent happened, bool isReplaying)
    {
        if (happened is OrchestratorStarted step)
        {
            // The step before is over: whatever the code decided in it was committed with it, or it is not the code that ran then.
            foreach (var (id, decision) in _context.Unmatched)
                throw new NonDeterminismException(id, expected: null, decision);
            _context.BeginStep(step.At, isReplaying);
        }
        else if (_isSuspended && happened is not (ExecutionResumed or IDecision))
        {
            _heldBack.Enqueue(happened);
        }
        else
        {
            Process(happened);
        }
    }

    private void Process(HistoryEvent happened)
    {
        switch (happened)
        {
            case ExecutionStarted:
                _thread.Run(() => _function = _orchestrator(_context));
                break;
            case IDecision decision:
                Match(decision);
                break;
            case TaskCompleted done:
                Finish(done.Id, task => task.Succeed(done.Result));
                break;
            case TaskFailed failed:
                Finish(failed.Id, task => task.Fail(new TaskFailedException(NameOf(failed.Id), failed.Id, failed.Failure)));
                break;
            case TimerFired fired:
                Finish(fired.Id, task => task.Succeed(result: null));
                break;
            case SubOrchestrationCompleted done:
                Finish(done.Id, task => task.Succeed(done.Result));
                break;
            case SubOrchestrationFailed failed:
                Finish(failed.Id, task => task.Fail(new TaskFailedException(NameOf(failed.Id), failed.Id, failed.Failure!)));
                break;
            case EventRaised raised:
                _thread.Run(() => _context.Events.Raise(raised.Name, raised.Input));
                break;
            case ExecutionSuspended:
                _isSuspended = true;
                break;
            case ExecutionResumed:
                _isSuspended = false;
                while (!_isSuspended && _heldBack.TryDequeue(out var held))
                    Process(held);
                break;
            default:
                break;
        }
    }

    private void Match(IDecision decided)
    {
        if (!_context.Unmatched.Remove(decided.Id, out var made) || !IsSame(decided, made))
            throw new NonDeterminismException(decided.Id, decided, made);
    }

    // Inputs may differ: they are what the code computes, and a corrected text is no other way. Names and kinds are the way.
    private static bool IsSame(IDecision decided, IDecision made) => (decided, made) switch
    {
        (TaskScheduled a, TaskScheduled b) => string.Equals(a.Name, b.Name, StringComparison.OrdinalIgnoreCase),
        (SubOrchestrationCreated a, SubOrchestrationCreated b) => string.Equals(a.Name, b.Name, StringComparison.OrdinalIgnoreCase),
        (EventSent a, EventSent b) => string.Equals(a.Name, b.Name, StringComparison.OrdinalIgnoreCase) && a.InstanceId == b.InstanceId,
        (TimerCreated, TimerCreated) => true,
        _ => false,
    };

    private void Finish(int id, Action<OpenTask> finish)
    {
        // Not open any more: a timer that was given up, or a result that came twice.
        if (_context.Open.Remove(id, out var task))
            _thread.Run(() => finish(task));
    }

    private string NameOf(int id) => _context.NamesOfOpen.GetValueOrDefault(id, "");

    private RunOutcome Outcome()
    {
        var outcome = new RunOutcome
        {
            Decisions = [.. _context.Unmatched.Values.Cast<HistoryEvent>()],
            CancelledTimers = [.. _context.CancelledTimers],
            CustomStatus = _context.CustomStatus,
        };
        if (_isSuspended || _function is null)
            return outcome;
        if (_function.IsCompleted)
            return End(outcome);
        if (_context.Open.Count > 0 || _context.Events.HasWaiters)
            return outcome;

        return Failed(new TaskFailureDetails(
            typeof(InvalidOperationException).FullName!,
            $"The orchestrator '{_subject.Begin.Name}' waits for something that is not durable, which no replay could repeat. Await only what the context gives; everything else belongs in an activity.",
            null, null, null));
    }

    private RunOutcome End(RunOutcome outcome)
    {
        if (_function!.IsCompletedSuccessfully && _context.Continuation is { } next)
        {
            var carried = next.KeepEvents ? _context.Events.Unclaimed().Select(left => new EventRaised(left.Name, left.Input)) : [];
            return outcome with { End = new ContinuedAsNew(next.Input, next.Version ?? _subject.Begin.Version, [.. carried]) };
        }

        // What was called and not awaited still belongs to the instance: it is over when that is.
        if (_context.Open.Count > 0)
            return outcome;
        if (!_function.IsCompletedSuccessfully)
            return Failed(FailureOf(_function));

        try
        {
            return outcome with { End = new ExecutionCompleted(Ending.Completed, _subject.Converter.Serialize(_function.Result), Failure: null) };
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or NotSupportedException or InvalidOperationException)
        {
            return Failed(TaskFailureDetails.FromException(exception));
        }
    }

    private RunOutcome Failed(TaskFailureDetails failure) => new()
    {
        // What it decided in this step is decided: activities run, events are sent, and so the history says.
        Decisions = [.. _context.Unmatched.Values.Cast<HistoryEvent>()],
        CustomStatus = _context.CustomStatus,
        End = new ExecutionCompleted(Ending.Failed, Result: null, failure),
    };

    private static TaskFailureDetails FailureOf(Task function) => function.Exception?.InnerException switch
    {
        TaskFailedException failed => new TaskFailureDetails(failed.GetType().FullName!, failed.Message, failed.StackTrace, failed.FailureDetails, null),
        { } exception => TaskFailureDetails.FromException(exception),
        null => new TaskFailureDetails(typeof(TaskCanceledException).FullName!, "A wait was cancelled or timed out, and nobody caught it.", null, null, null),
    };
}
