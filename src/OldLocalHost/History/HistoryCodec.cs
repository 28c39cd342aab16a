using Darkroom.LocalHost.Journal;

namespace Darkroom.LocalHost.History;

/// <summary>Events as bytes. Numbers of kinds are part of the journal's format: they are only ever added to.</summary>
internal static class HistoryCodec
{
    private enum Kind : byte
    {
        OrchestratorStarted = 1,
        ExecutionStarted = 2,
        TaskScheduled = 3,
        TaskCompleted = 4,
        TaskFailed = 5,
        TimerCreated = 6,
        TimerFired = 7,
        SubOrchestrationCreated = 8,
        SubOrchestrationCompleted = 9,
        SubOrchestrationFailed = 10,
        EventRaised = 11,
        EventSent = 12,
        ExecutionSuspended = 13,
        ExecutionResumed = 14,
        ExecutionTerminated = 15,
        ExecutionCompleted = 16,
        ContinuedAsNew = 17,
    }

    public static void WriteAll(RecordWriter to, IReadOnlyList<HistoryEvent> events)
    {
        to.Number(events.Count);
        foreach (var happened in events)
            Write(to, happened);
    }

    public static List<HistoryEvent> ReadAll(ref RecordReader from)
    {
        var count = from.Count();
        var events = new List<HistoryEvent>(count);
        for (var i = 0; i < count; i++)
            events.Add(Read(ref from));
        return events;
    }

    private static void Write(RecordWriter to, HistoryEvent happened)
    {
        switch (happened)
        {
            case OrchestratorStarted e:
                to.Byte((byte)Kind.OrchestratorStarted).Time(e.At);
                break;
            case ExecutionStarted e:
                to.Byte((byte)Kind.ExecutionStarted).Text(e.Name).MaybeText(e.Input).Text(e.Version).Tags(e.Tags).Parent(e.Parent);
                break;
            case TaskScheduled e:
                to.Byte((byte)Kind.TaskScheduled).Number(e.Id).Text(e.Name).MaybeText(e.Input);
                break;
            case TaskCompleted e:
                to.Byte((byte)Kind.TaskCompleted).Number(e.Id).MaybeText(e.Result);
                break;
            case TaskFailed e:
                to.Byte((byte)Kind.TaskFailed).Number(e.Id).Failure(e.Failure);
                break;
            case TimerCreated e:
                to.Byte((byte)Kind.TimerCreated).Number(e.Id).Time(e.FireAt);
                break;
            case TimerFired e:
                to.Byte((byte)Kind.TimerFired).Number(e.Id).Time(e.FireAt);
                break;
            case SubOrchestrationCreated e:
                to.Byte((byte)Kind.SubOrchestrationCreated).Number(e.Id).Text(e.Name).Text(e.InstanceId).MaybeText(e.Input).Text(e.Version).Tags(e.Tags);
                break;
            case SubOrchestrationCompleted e:
                to.Byte((byte)Kind.SubOrchestrationCompleted).Number(e.Id).MaybeText(e.Result);
                break;
            case SubOrchestrationFailed e:
                to.Byte((byte)Kind.SubOrchestrationFailed).Number(e.Id).Failure(e.Failure);
                break;
            case EventRaised e:
                to.Byte((byte)Kind.EventRaised).Text(e.Name).MaybeText(e.Input);
                break;
            case EventSent e:
                to.Byte((byte)Kind.EventSent).Number(e.Id).Text(e.InstanceId).Text(e.Name).MaybeText(e.Input);
                break;
            case ExecutionSuspended e:
                to.Byte((byte)Kind.ExecutionSuspended).MaybeText(e.Reason);
                break;
            case ExecutionResumed e:
                to.Byte((byte)Kind.ExecutionResumed).MaybeText(e.Reason);
                break;
            case ExecutionTerminated e:
                to.Byte((byte)Kind.ExecutionTerminated).MaybeText(e.Output).Flag(e.Recursive);
                break;
            case ExecutionCompleted e:
                to.Byte((byte)Kind.ExecutionCompleted).Byte((byte)e.Ending).MaybeText(e.Result).Failure(e.Failure);
                break;
            case ContinuedAsNew e:
                to.Byte((byte)Kind.ContinuedAsNew).MaybeText(e.Input).Text(e.Version);
                WriteAll(to, e.Carried);
                break;
            default:
                throw new InvalidOperationException($"{happened.GetType().Name} has no place in the journal's format.");
        }
    }

    private static HistoryEvent Read(ref RecordReader from) => (Kind)from.Byte() switch
    {
        Kind.OrchestratorStarted => new OrchestratorStarted(from.Time()),
        Kind.ExecutionStarted => new ExecutionStarted(from.Name(), from.MaybeText(), from.Name(), from.Tags(), from.Parent()),
        Kind.TaskScheduled => new TaskScheduled(from.Number(), from.Text(), from.MaybeText()),
        Kind.TaskCompleted => new TaskCompleted(from.Number(), from.MaybeText()),
        Kind.TaskFailed => new TaskFailed(from.Number(), from.Failure()!),
        Kind.TimerCreated => new TimerCreated(from.Number(), from.Time()),
        Kind.TimerFired => new TimerFired(from.Number(), from.Time()),
        Kind.SubOrchestrationCreated => new SubOrchestrationCreated(from.Number(), from.Text(), from.Text(), from.MaybeText(), from.Text(), from.Tags()),
        Kind.SubOrchestrationCompleted => new SubOrchestrationCompleted(from.Number(), from.MaybeText()),
        Kind.SubOrchestrationFailed => new SubOrchestrationFailed(from.Number(), from.Failure()),
        Kind.EventRaised => new EventRaised(from.Text(), from.MaybeText()),
        Kind.EventSent => new EventSent(from.Number(), from.Text(), from.Text(), from.MaybeText()),
        Kind.ExecutionSuspended => new ExecutionSuspended(from.MaybeText()),
        Kind.ExecutionResumed => new ExecutionResumed(from.MaybeText()),
        Kind.ExecutionTerminated => new ExecutionTerminated(from.MaybeText(), from.Flag()),
        Kind.ExecutionCompleted => new ExecutionCompleted((Ending)from.Byte(), from.MaybeText(), from.Failure()),
        Kind.ContinuedAsNew => new ContinuedAsNew(from.MaybeText(), from.Text(), [.. ReadAll(ref from).Cast<EventRaised>()]),
        var kind => throw new JournalException($"The journal holds an event of the unknown kind {kind}."),
    };
}
