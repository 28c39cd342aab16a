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
    // A longer history takes longer to replay than the steps it replays.
    private const int MostRounds = 50;

    // An activity that fails is retried some twenty times, and each try stands in the history.
    private const int RoundsOfAFailure = 10;

    private readonly TaskRules _rules = new(ticket);
    private readonly Task<CancelRequest> _cancel = context.WaitForExternalEvent<CancelRequest>(CancelRequest.EventName);
    private Task<GateAnswer>? _answer;
    private TaskProgress? _progress = carried;
    private int _rounds;

    public JobState State => Progress.State;

    public bool IsOver => Progress.Phase is TaskPhase.Ended;

    private TaskProgress Progress => _progress ?? throw new InvalidOperationException("The task has not begun.");

    private DateTime Now => context.CurrentUtcDateTime;

    /// <summary>Begins; a task must not run under an id that is not its own.</summary>
    public void Begin(bool isOther) => Apply(isOther ? _rules.RefuseOtherId(Now) : _rules.Begin(Now));

    /// <summary>Continues as new when the history is long, unless a cancel has come that would get lost.</summary>
    public bool TryContinueAsNew()
    {
        if (_rounds < MostRounds || (_cancel.IsCompleted && !Progress.IsCanceled))
            return false;
        context.ContinueAsNew(ticket with { Carried = Progress });
        return true;
    }

    /// <summary>Does what is next. A cancel is heard meanwhile; it ends waits, but no activity.</summary>
    public async Task StepAsync()
    {
        _rounds++;
        Show();
        var phase = Progress.Phase;
        using var abandoned = new CancellationTokenSource();
        var happening = DoAsync(_rules.Next(Progress), abandoned.Token);
        if (!Progress.IsCanceled)
        {
            await Task.WhenAny(_cancel, happening);
            if (_cancel.IsCompleted)
                Happened(new TaskEvent.Canceled(await _cancel));
        }

        if (ReferenceEquals(phase, Progress.Phase))
            Happened(await happening);
        else
            abandoned.Cancel();
    }

    /// <summary>
    /// Leaves an entry in the ledger for a job that ended without a submit: its id must be known when its orchestration was purged.
    /// </summary>
    public async Task RememberAsync()
    {
        if (!await SucceedsAsync(context.CallActivityAsync(nameof(RememberJob), ticket, ActivityRetry.Options)))
            context.CreateReplaySafeLogger(nameof(RememberJob)).Trouble(ticket.JobId, ticket.Task);
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
                // It is not abandoned with the step: the answer may come during a later one.
                _answer ??= context.WaitForExternalEvent<GateAnswer>(GateAnswer.EventName, CancellationToken.None);
                var answer = await _answer;
                _answer = null;
                return new TaskEvent.GateAnswered(answer);
        }
    }

    // An activity that failed for a quarter of an hour is no reason to give up a task that may be paid for: storage comes back.
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
