using Darkroom.Durable;
using Darkroom.Gate;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using Darkroom.Telemetry;
using Microsoft.DurableTask;

namespace Darkroom.Jobs;

/// <summary>Carries out what <see cref="TaskRules"/> decides, in the orchestration of a task.</summary>
internal sealed class TaskRun(TaskOrchestrationContext context, JobTicket ticket, TaskProgress? carried)
{
    // Limits the length of the history, because each turn replays all of it.
    private const int MaxRounds = 50;

    // A failing activity is retried about twenty times, and the history contains each try.
    private const int RoundsOfAFailure = 10;

    private readonly TaskRules _rules = new(ticket);
    private readonly Task<CancelRequest> _cancel = context.WaitForExternalEvent<CancelRequest>(CancelRequest.EventName);
    private Task<MoveRequest> _move = context.WaitForExternalEvent<MoveRequest>(MoveRequest.EventName);
    private Task<GateAnswer>? _answer;
    private TaskProgress? _progress = carried;
    private int _rounds;

    public JobState State => Progress.State;

    public bool IsOver => Progress.Phase is TaskPhase.Ended;

    private TaskProgress Progress => _progress ?? throw new InvalidOperationException("The task has not begun.");

    private DateTime Now => context.CurrentUtcDateTime;

    /// <summary>Begins the task, or refuses it if it runs under an id that is not its own.</summary>
    public void Begin(bool isOther) => Apply(isOther ? _rules.RefuseOtherId(Now) : _rules.Begin(Now));

    /// <summary>Continues as new when the history is long, unless an event has arrived that is not handled yet and would be lost.</summary>
    public bool TryContinueAsNew()
    {
        if (_rounds < MaxRounds || (_cancel.IsCompleted && !Progress.IsCanceled) || _move.IsCompleted)
            return false;
        context.ContinueAsNew(ticket with { Carried = Progress });
        return true;
    }

    /// <summary>
    /// Carries out the next step. A cancel or a move during the step is handled immediately: a cancel ends a wait, but not an activity.
    /// </summary>
    public async Task StepAsync()
    {
        _rounds++;
        Show();
        var phase = Progress.Phase;
        using var abandoned = new CancellationTokenSource();
        var happening = DoAsync(_rules.Next(Progress), abandoned.Token);
        do
        {
            await (Progress.IsCanceled ? Task.WhenAny(_move, happening) : Task.WhenAny(_cancel, _move, happening));
            await TakeEventsAsync();
        }
        while (ReferenceEquals(phase, Progress.Phase) && !happening.IsCompleted);

        if (ReferenceEquals(phase, Progress.Phase))
            Happened(await happening);
        else
            abandoned.Cancel();
    }

    /// <summary>
    /// Writes a ledger entry for a job that ended without a submit, so that its id stays known after its orchestration was purged.
    /// </summary>
    public Task RememberAsync() => SucceedsAsync(context.CallActivityAsync(nameof(RememberJob), ticket, ActivityRetry.Options));

    private async Task TakeEventsAsync()
    {
        if (_cancel.IsCompleted && !Progress.IsCanceled)
            Happened(new TaskEvent.Canceled(await _cancel));
        if (!_move.IsCompleted)
            return;
        Happened(new TaskEvent.Moved((await _move).Lane));
        _move = context.WaitForExternalEvent<MoveRequest>(MoveRequest.EventName);
    }

    private async Task<TaskEvent> DoAsync(TaskStep step, CancellationToken abandoned)
    {
        switch (step)
        {
            case TaskStep.WaitUntil wait:
                if (wait.At > Now)
                    await context.CreateTimer(wait.At, abandoned);
                return new TaskEvent.Waited();
            case TaskStep.Submit submit:
                var submitting = context.CallActivityAsync<SubmitResult>(nameof(SubmitTask), submit.Order, ActivityRetry.Options);
                return await SucceedsAsync(submitting) ? new TaskEvent.Submitted((await submitting).Outcome) : new TaskEvent.SubmitFailed();
            case TaskStep.Look look:
                var looking = context.CallActivityAsync<PollResult>(nameof(PollTask), look.Order, ActivityRetry.Options);
                return await SucceedsAsync(looking) ? new TaskEvent.Looked(await looking) : new TaskEvent.LookFailed();
            default:
                // A cancel abandons the step, but not this wait: the answer may arrive during a later step.
                _answer ??= context.WaitForExternalEvent<GateAnswer>(GateAnswer.EventName, CancellationToken.None);
                var answer = await _answer;
                _answer = null;
                return new TaskEvent.GateAnswered(answer);
        }
    }

    // An activity that failed for a quarter of an hour does not end the job: the task may be paid for, and storage may come back.
    private async Task<bool> SucceedsAsync(Task activity)
    {
        try
        {
            await activity;
            return true;
        }
        catch (TaskFailedException)
        {
            context.CreateReplaySafeLogger(nameof(TaskRun)).Trouble(ticket.JobId, ticket.Task);
            _rounds += RoundsOfAFailure;
            return false;
        }
    }

    private void Happened(TaskEvent happened) => Apply(_rules.On(Progress, happened, Now));

    private void Apply(TaskChange change)
    {
        var before = _progress?.State;
        _progress = change.Progress;
        foreach (var message in change.Messages)
            context.SendEvent(UpstreamGate.InstanceId, GateMessage.EventName, message);
        Show();
        if (ticket.Tasks > 1 && context.Parent is { } parent && (before?.Status, before?.Stage) != (State.Status, State.Stage))
            context.SendEvent(
                parent.InstanceId, PartState.EventName, new PartState(ticket.Task, State.ForStatus() with { Timeline = Timeline.Empty }));
        if (!IsOver)
            return;
        if (!context.IsReplaying)
            JobMetrics.Ended(State.Status.ToString(), State.Error?.Name);
        if (ticket.Batch is { } batch)
            context.SendEvent(batch, JobEnded.EventName, new JobEnded(ticket.JobId));
    }

    private void Show() => context.SetCustomStatus(State.ForStatus());
}
