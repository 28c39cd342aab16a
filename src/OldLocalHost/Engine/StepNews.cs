using Darkroom.LocalHost.History;
using Darkroom.LocalHost.Instances;

namespace Darkroom.LocalHost.Engine;

/// <summary>Turns what an instance was told into events of its history. What comes twice, too late, or for an execution before is left out.</summary>
internal static class StepNews
{
    public static void Add(List<HistoryEvent> news, string executionId, LiveExecution live, IReadOnlyList<Message> told)
    {
        var isSuspended = live.IsSuspended;
        var done = new HashSet<int>();
        foreach (var message in told)
        {
            switch (message)
            {
                case EventMessage raised:
                    news.Add(new EventRaised(raised.Name, raised.Input));
                    break;
                case ActivityMessage result when result.ExecutionId == executionId && live.Open.GetValueOrDefault(result.TaskId) is TaskScheduled && done.Add(result.TaskId):
                    news.Add(result.Failure is { } failure ? new TaskFailed(result.TaskId, failure) : new TaskCompleted(result.TaskId, result.Result));
                    break;
                case TimerMessage timer when timer.ExecutionId == executionId && live.Open.GetValueOrDefault(timer.TimerId) is TimerCreated created && done.Add(timer.TimerId):
                    news.Add(new TimerFired(timer.TimerId, created.FireAt));
                    break;
                case ChildMessage child when child.ExecutionId == executionId && live.Open.GetValueOrDefault(child.TaskId) is SubOrchestrationCreated && done.Add(child.TaskId):
                    news.Add(child.Succeeded ? new SubOrchestrationCompleted(child.TaskId, child.Result) : new SubOrchestrationFailed(child.TaskId, child.Failure));
                    break;
                case TerminateMessage end:
                    // Nothing after it is of interest to anybody.
                    news.Add(new ExecutionTerminated(end.Output, end.Recursive));
                    return;
                case SuspendMessage suspend when !isSuspended:
                    isSuspended = true;
                    news.Add(new ExecutionSuspended(suspend.Reason));
                    break;
                case ResumeMessage resume when isSuspended:
                    isSuspended = false;
                    news.Add(new ExecutionResumed(resume.Reason));
                    break;
                case ResumeMessage:
                    // Tells an instance that was rewound to go on; there is nothing to note, but a step to make.
                    break;
                case ForeignAwaitMessage foreign when foreign.ExecutionId == executionId:
                    break;
                default:
                    break;
            }
        }
    }
}
