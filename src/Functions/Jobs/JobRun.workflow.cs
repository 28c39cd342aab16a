using System.Text.Json;
using Darkroom.Durable;
using Darkroom.Gate;
using Darkroom.Telemetry;
using Microsoft.DurableTask;

namespace Darkroom.Jobs;

/// <summary>One run of a task's orchestration: where it stands, what it shows, and how it waits. It only carries out; others decide.</summary>
internal sealed partial class JobRun(TaskOrchestrationContext context, JobTicket ticket, JobCarry? carried)
{
    /// <summary>The event that asks a job to give up.</summary>
    public const string CancelEvent = "cancel";

    /// <summary>What that event says when a batch is given up and pictures that are upstream already are kept.</summary>
    public const string CancelKeepingLate = "keep-late";

    // Far more than there can be, so that the turns of a later attempt are higher.
    private const int TurnsOfAnAttempt = 1_000_000;

    // Then a replay takes longer than what it replays for.
    private const int MostRounds = 50;

    // An activity that failed was tried some twenty times, and each of them stands in the history.
    private const int RoundsOfAFailure = 10;

    private readonly Task<string> _cancel = context.WaitForExternalEvent<string>(CancelEvent);
    private int _turn = carried?.Turn ?? ticket.Attempt * TurnsOfAnAttempt;
    private bool _hasLeftGate = carried?.HasLeftGate ?? false;
    private int _rounds;

    public JobState State { get; private set; } = carried?.State
        ?? new() { Attempt = ticket.Attempt, QueuedAt = context.CurrentUtcDateTime, Timeline = ticket.FirstTimeline(), TaskId = ticket.EarlierTasks.GetValueOrDefault(ticket.Task) };

    /// <summary>Whether this run is over, and another one goes on.</summary>
    public bool IsBegunAnew { get; private set; }

    private int FirstTurn => ticket.Attempt * TurnsOfAnAttempt;

    private DateTime Now => context.CurrentUtcDateTime;

    private bool IsCanceled => _cancel.IsCompleted || State.CancelRequested || State.IsLate;

    /// <summary>An identical job succeeded before: its pictures are this one's.</summary>
    public void TakeOver(JobState earlier)
    {
        State = State with { Pictures = earlier.Pictures, ReusedFrom = earlier.ReusedFrom, Seed = earlier.Seed };
        End(JobStatus.Succeeded, error: null);
    }

    /// <summary>Begins anew when its history is long enough. Not while there is a cancel to be carried out: the next run would not hear of it.</summary>
    public bool TryBeginAnew(Func<JobCarry, JobCarry> with)
    {
        if (_rounds < MostRounds || (_cancel.IsCompleted && !State.CancelRequested && !State.IsLate))
            return false;
        context.ContinueAsNew(ticket with { Carried = with(new JobCarry(State, _turn) { HasLeftGate = _hasLeftGate }) });
        return IsBegunAnew = true;
    }

    /// <summary>Shows where it stands, for the next run has no status of its own yet.</summary>
    public void ShowCarried() => context.SetCustomStatus(State.ForStatus());

    /// <summary>The end: gives back the slot, shows what came of it.</summary>
    public void End(JobStatus status, JobError? error)
    {
        if (_turn > FirstTurn && !_hasLeftGate)
            Tell(Message(GateWord.Leave));
        if (!context.IsReplaying)
            JobMetrics.Ended(status.ToString(), error?.Name);
        State = State with { Error = error, EndedAt = Now, NextPollAt = null, WaitingReason = null, ResumeAt = null, CancelRequested = State.CancelRequested || (IsCanceled && !State.IsLate) || status == JobStatus.Canceled };
        Show(status, JobStages.Done);
        if (ticket.Batch is { } batch)
            context.SendEvent(batch, JobEnded.EventName, new JobEnded(ticket.JobId));
    }

    /// <summary>Remembers a job that was never submitted; what became of it does not hang on that.</summary>
    public static async Task RememberAsync(TaskOrchestrationContext context, JobTicket ticket)
    {
        try
        {
            await context.CallActivityAsync(nameof(RememberJob), ticket, Patience.Options);
        }
        catch (TaskFailedException)
        {
            context.CreateReplaySafeLogger(nameof(RememberJob)).Trouble(ticket.JobId, ticket.Task);
        }
    }

    /// <summary>Tells the listeners of the app that a job is over.</summary>
    public static Task AnnounceAsync(TaskOrchestrationContext context, JobTicket ticket, JobState end) =>
        Finished.AnnounceAsync(context, new Finished("job", ticket.JobId, JsonNamingPolicy.CamelCase.ConvertName(end.Status.ToString())));

    // An activity that failed for a quarter of an hour is no reason to give up what may be paid for: storage comes back.
    private async Task<T?> Try<T>(Task<T> activity)
        where T : class
    {
        try
        {
            return await activity;
        }
        catch (TaskFailedException)
        {
            context.CreateReplaySafeLogger(nameof(JobRun)).Trouble(ticket.JobId, ticket.Task);
            _rounds += RoundsOfAFailure;
            return null;
        }
    }

    private void Tell(GateMessage message) => context.SendEvent(UpstreamGate.InstanceId, GateMessage.EventName, message);

    private void Show(JobStatus status, string stage)
    {
        State = State.At(Now, status, stage);
        context.SetCustomStatus(State.ForStatus());
        if (ticket.Tasks > 1 && context.Parent is { } parent)
            context.SendEvent(parent.InstanceId, PartState.EventName, new PartState(ticket.Task, State.ForStatus() with { Timeline = Timeline.Empty }));
    }

    private async Task UntilAny(DateTime at, params Task?[] others)
    {
        var open = others.OfType<Task>().ToArray();
        if (open.Any(task => task.IsCompleted))
            return;
        using var enough = new CancellationTokenSource();
        var timer = context.CreateTimer(at, enough.Token);
        await Task.WhenAny([timer, .. open]);
        enough.Cancel();
    }
}
