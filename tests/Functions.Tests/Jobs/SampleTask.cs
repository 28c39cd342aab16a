using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using static Darkroom.Functions.Tests.Jobs.SampleJob;

namespace Darkroom.Functions.Tests.Jobs;

/// <summary>The task of <see cref="SampleJob"/> in each phase, and the events that change it.</summary>
internal static class SampleTask
{
    public const string TaskId = "task-1";

    private static readonly PollSchedule Schedule = new(FirstSeconds: 6, StepSeconds: 2, SlowFromSeconds: 60, Growth: 0.1, FloorSeconds: 1);

    public static readonly SubmitOutcome.Accepted Accepted = new(TaskId, "request-1", Start, IsEarlier: false, Schedule);

    public static TaskRules Rules { get; } = new(Ticket);

    public static TaskProgress Queued() => Rules.Begin(Start).Progress;

    public static TaskProgress Posting() => Posting(Start);

    public static TaskProgress Posting(DateTime now) =>
        Rules.On(Queued(), new TaskEvent.GateAnswered(new GateAnswer(Queued().Turn, Granted: true)), now).Progress;

    public static TaskProgress Watching() => AfterSubmit(Posting(), Accepted).Progress;

    public static TaskProgress Looking() => Rules.On(Watching(), new TaskEvent.Waited(), Start).Progress;

    public static TaskChange Answer(TaskProgress progress, GateAnswer answer) =>
        Rules.On(progress, new TaskEvent.GateAnswered(answer), Start);

    public static TaskChange Cancel(TaskProgress progress) =>
        Rules.On(progress, new TaskEvent.Canceled(new CancelRequest(KeepsLate: false)), Start);

    public static TaskChange AfterSubmit(TaskProgress progress, SubmitOutcome result, DateTime? now = null) =>
        Rules.On(progress, new TaskEvent.Submitted(result), now ?? Start);

    public static TaskChange Look(PollOutcome outcome, PollFacts? facts = null) => Rules.On(Looking(), Seen(outcome, facts), Start);

    public static TaskChange LookAtEarlier(PollFacts facts)
    {
        var watching = AfterSubmit(Posting(), Accepted with { IsEarlier = true }).Progress;
        return Rules.On(Rules.On(watching, new TaskEvent.Waited(), Start).Progress, Seen(new PollOutcome.Failed(Trouble), facts), Start);
    }

    public static TaskEvent.Looked Seen(PollOutcome outcome, PollFacts? facts = null) =>
        new(new PollResult(outcome, facts ?? new PollFacts()));

    public static void AssertEnded(TaskChange change, JobStatus status, string detail)
    {
        Assert.IsType<TaskStep.End>(Rules.Next(change.Progress));
        Assert.Equal(status, change.Progress.State.Status);
        Assert.Contains(detail, change.Progress.State.Error!.Detail, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(GateMessageKind.Leave, Assert.Single(change.Messages).Kind);
    }
}
