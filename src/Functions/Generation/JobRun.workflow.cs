using System.Text.Json;
using Darkroom.Bulk;
using Darkroom.Gate;
using Darkroom.Telemetry;
using Microsoft.DurableTask;

namespace Darkroom.Generation;

/// <summary>One run of a task's orchestration: where it stands, what it shows, and how it waits. It only carries out; others decide.</summary>
internal sealed class JobRun(TaskOrchestrationContext context, JobTicket ticket)
{
    /// <summary>The event that asks a job to give up.</summary>
    public const string CancelEvent = "cancel";

    /// <summary>What that event says when a batch is given up and pictures that are upstream already are kept.</summary>
    public const string CancelKeepingLate = "keep-late";

    private const int MostSubmits = 4;
    private static readonly TimeSpan FirstAskAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAskAgain = TimeSpan.FromMinutes(30);

    private readonly Task<string> _cancel = context.WaitForExternalEvent<string>(CancelEvent);
    private Task<GateAnswer>? _answer;
    private int _turn;

    public JobState State { get; private set; } = new() { Attempt = ticket.Attempt, QueuedAt = context.CurrentUtcDateTime, Timeline = ticket.Before, TaskId = ticket.EarlierTasks.GetValueOrDefault(ticket.Task) };

    private DateTime Now => context.CurrentUtcDateTime;

    private bool IsCanceled => _cancel.IsCompleted;

    /// <summary>Waits until it may talk upstream; false when it ended instead.</summary>
    public async Task<bool> WaitForTurn()
    {
        if (State.Stage == JobStages.WaitingForSlot)
            Show(JobStatus.Queued, JobStages.WaitingForSlot);
        // Each at its own pace: a thousand that came together must not ask together.
        var askAgainAfter = FirstAskAgain * (1 + (context.InstanceId.Sum(letter => letter) % 100 / 200.0));
        while (true)
        {
            _answer ??= context.WaitForExternalEvent<GateAnswer>(GateAnswer.EventName);
            var silentAt = Now + askAgainAfter;
            await UntilAny(silentAt < ticket.ExpiresAt ? silentAt : ticket.ExpiresAt, _answer, _cancel);
            if (IsCanceled)
                return Give(JobStatus.Canceled, JobErrors.Canceled(Submitted));

            if (_answer.IsCompleted)
            {
                var answer = await _answer;
                _answer = null;
                // What was said to an earlier turn means nothing now.
                if (answer.Turn != _turn)
                    continue;
                if (Now >= ticket.ExpiresAt)
                    return Give(JobStatus.Expired, ExpiredUnsent());
                return answer.Granted || Give(JobStatus.Failed, JobErrors.CreditsExhausted("The account has no credits left, and the job was not to wait for some."));
            }

            if (Now >= ticket.ExpiresAt)
                return Give(JobStatus.Expired, ExpiredUnsent());

            // Nothing was heard: the gate may be gone.
            await context.CallActivityAsync(nameof(EnsureGate), options: Patience.Options);
            Ask();
            askAgainAfter = askAgainAfter * 2 < LongestAskAgain ? askAgainAfter * 2 : LongestAskAgain;
        }
    }

    /// <summary>An identical job succeeded before: its pictures are this one's.</summary>
    public void TakeOver(JobState earlier)
    {
        State = State with { Pictures = earlier.Pictures, ReusedFrom = earlier.ReusedFrom, Seed = earlier.Seed };
        End(JobStatus.Succeeded, error: null);
    }

    /// <summary>Asks the gate for a slot, in a new turn.</summary>
    public void AskForTurn()
    {
        _turn++;
        Ask();
    }

    /// <summary>Submits; null when it ended instead, or has to wait for another turn.</summary>
    public async Task<SubmitResult?> Submit(string? givenUpTask)
    {
        var isInDoubt = false;
        for (var tries = 1; ; tries++)
        {
            if (IsCanceled && !isInDoubt)
                return Ended(JobStatus.Canceled, JobErrors.Canceled(Submitted));
            if (Now >= ticket.ExpiresAt && !isInDoubt)
                return Ended(JobStatus.Expired, ExpiredUnsent());
            State = State with { WaitingReason = null, ResumeAt = null };
            Show(JobStatus.Submitting, JobStages.Posting);
            var result = await Heeding(context.CallActivityAsync<SubmitResult>(nameof(SubmitTask), new SubmitOrder(ticket, givenUpTask) { OnlyAsks = isInDoubt && IsCanceled }, Patience.Options));
            isInDoubt = result.Outcome == SubmitOutcome.InDoubt;
            switch (result.Outcome)
            {
                case SubmitOutcome.Submitted:
                    return result;
                case SubmitOutcome.CoolDown:
                    return Refused(result);
                case SubmitOutcome.Refused:
                    return Ended(JobStatus.Failed, result.Error!);
                case SubmitOutcome.Unknown:
                    return Ended(JobStatus.SubmissionUnknown, result.Error!);
                case SubmitOutcome.InDoubt:
                    await UntilAny(result.Until!.Value);
                    break;
                case SubmitOutcome.Unavailable when tries < MostSubmits:
                    Show(JobStatus.Submitting, JobStages.RetryingSubmit);
                    await UntilAny(result.Until ?? Now.AddSeconds(1 << tries), _cancel);
                    break;
                case SubmitOutcome.GivenUp:
                    return Ended(JobStatus.Canceled, JobErrors.Canceled(Submitted));
                case SubmitOutcome.Unavailable:
                    return Ended(JobStatus.Failed, result.Error!);
                default:
                    return Ended(JobStatus.Failed, JobErrors.Internal("The job's task belongs to another instance or to a later attempt."));
            }
        }
    }

    /// <summary>Watches a task to its end. Null when it ended the job; else why the task, which is one of an earlier attempt, came to nothing.</summary>
    public async Task<JobError?> Watch(SubmitResult task)
    {
        var accepted = task.AcceptedAt!.Value;
        // An attempt has its own deadline, also for a task it took over; and nothing outlives its expiry.
        var deadline = (task.IsEarlier ? Now : accepted).AddSeconds(ticket.DeadlineSeconds);
        if (deadline > ticket.ExpiresAt)
            deadline = ticket.ExpiresAt;
        var (reasonLooks, fetches) = (0, 0);
        State = State with { TaskId = task.TaskId, RequestId = task.RequestId ?? State.RequestId, SubmittedAt = accepted, ExpectedAt = accepted.AddSeconds(task.Schedule!.FirstSeconds) };
        Show(JobStatus.Generating, JobStages.WaitingForUpstream);
        while (true)
        {
            var next = task.IsEarlier && State.Polls == 0 ? Now : Now + (fetches > 0 ? task.Schedule.AfterFetches(fetches) : task.Schedule.Next(Now - accepted));
            await WaitToLook(next < deadline ? next : deadline);
            var seen = await context.CallActivityAsync<CollectResult>(
                nameof(CollectTask), new CollectOrder(ticket, task.TaskId!, accepted, State.CancelRequested, reasonLooks), Patience.Options);
            State = State with
            {
                Polls = State.Polls + 1,
                RawStatus = seen.RawStatus ?? State.RawStatus,
                RequestId = seen.RequestId ?? State.RequestId,
                TimeTakenMs = seen.TimeTakenMs ?? State.TimeTakenMs,
                Seed = seen.Seed ?? State.Seed,
                // Also those beside one that failed: they are safe, and paid for.
                Pictures = seen.Pictures.Count > 0 ? seen.Pictures : State.Pictures,
            };
            switch (seen.Outcome)
            {
                case CollectOutcome.Saved:
                    State = State with { DoneAt = Now };
                    End(JobStatus.Succeeded, error: null);
                    return null;
                case CollectOutcome.Failed when task.IsEarlier && !State.CancelRequested:
                    return seen.Error;
                case CollectOutcome.Failed when !State.CancelRequested:
                case CollectOutcome.Rejected:
                    End(JobStatus.Failed, seen.Error);
                    return null;
                case CollectOutcome.Discarded or CollectOutcome.Failed:
                    End(JobStatus.Canceled, JobErrors.Canceled(SubmitKnown.Yes));
                    return null;
                case CollectOutcome.PictureUnavailable when fetches >= MostSubmits:
                    End(JobStatus.Failed, seen.Error);
                    return null;
                case CollectOutcome.PictureUnavailable:
                    fetches++;
                    Show(JobStatus.Saving, JobStages.FetchingAgain);
                    break;
                default:
                    // A failed task without words is looked at again for them.
                    reasonLooks += ModelScope.Tasks.TaskStates.Read(seen.RawStatus) == ModelScope.Tasks.TaskState.Failed ? 1 : 0;
                    break;
            }

            if (Now >= deadline)
            {
                if (State.CancelRequested)
                    End(JobStatus.Canceled, JobErrors.Canceled(SubmitKnown.Yes));
                else
                    End(JobStatus.Expired, JobErrors.DeadlineExceeded(fetches > 0
                        ? $"ModelScope was done, but a picture could not be fetched in time. The task {task.TaskId} is kept: a resubmit fetches it without a new one."
                        : $"ModelScope was not done in time ({ticket.DeadlineSeconds} s from the accepted submit, or the job's expiry). The task {task.TaskId} is kept: a resubmit looks at it first."));
                return null;
            }
        }
    }

    /// <summary>The end: gives back the slot, shows what came of it.</summary>
    public void End(JobStatus status, JobError? error)
    {
        if (_turn > 0)
            Tell(new GateMessage(GateWord.Leave, context.InstanceId));
        if (!context.IsReplaying)
            JobMetrics.Ended(status, error?.Name);
        State = State with { Error = error, EndedAt = Now, NextPollAt = null, WaitingReason = null, ResumeAt = null, CancelRequested = State.CancelRequested || IsCanceled || status == JobStatus.Canceled };
        Show(status, JobStages.Done);
        if (ticket.Batch is { } batch)
            context.SendEvent(batch, BatchMessage.EventName, new BatchMessage(BatchWord.Ended, ticket.JobId));
    }

    /// <summary>Tells those who do not ask that a job is over.</summary>
    public static Task AnnounceAsync(TaskOrchestrationContext context, JobTicket ticket, JobState end) =>
        context.CallActivityAsync(nameof(Announcements.Announce), new Announcement("job", ticket.JobId, JsonNamingPolicy.CamelCase.ConvertName(end.Status.ToString())), Patience.Options);

    private async Task WaitToLook(DateTime at)
    {
        State = State with { NextPollAt = at };
        context.SetCustomStatus(State.ForStatus());
        await UntilAny(at, State.CancelRequested || State.IsLate ? null : _cancel);
        if (!IsCanceled || State.CancelRequested || State.IsLate)
            return;

        if (await _cancel == CancelKeepingLate)
        {
            State = State with { IsLate = true };
            context.SetCustomStatus(State.ForStatus());
            await UntilAny(at);
            return;
        }

        State = State with { CancelRequested = true, WaitingReason = JobErrors.CancelDetail(SubmitKnown.Yes) };
        Show(State.Status, JobStages.WaitingForUpstreamToEnd);
        await UntilAny(at);
    }

    private SubmitResult? Refused(SubmitResult result)
    {
        var reason = result.CoolDown!.Value;
        _turn++;
        Tell(Message(GateWord.Refused) with { Reason = reason, Until = result.Until });
        // Who does not want to wait has told the others all the same.
        if (ticket.FailsWithoutCredits && reason != CoolDownReason.Throttled)
            return Ended(JobStatus.Failed, result.Error!);

        State = State with { WaitingReason = result.Error!.Detail, ResumeAt = result.Until };
        if (reason == CoolDownReason.Throttled)
            Show(JobStatus.Queued, JobStages.CoolingDown);
        else
            Show(JobStatus.WaitingForCredits, reason == CoolDownReason.Quota ? JobStages.WaitingForQuota : JobStages.WaitingForCredits);
        return null;
    }

    private bool Give(JobStatus status, JobError error)
    {
        End(status, error);
        return false;
    }

    private SubmitResult? Ended(JobStatus status, JobError error)
    {
        End(status, error);
        return null;
    }

    // Whether anything of this job was ever submitted; an earlier attempt's task counts.
    private SubmitKnown Submitted => State.TaskId is null ? SubmitKnown.No : SubmitKnown.Yes;

    private JobError ExpiredUnsent() => JobErrors.DeadlineExceeded(State.TaskId is { } earlier
        ? $"It expired while it waited for another attempt. The task {earlier} of the earlier one is kept."
        : "It expired while it waited; nothing was submitted.");

    // While an activity runs a caller can be told that he was heard.
    private async Task<T> Heeding<T>(Task<T> activity)
    {
        if (!State.CancelRequested)
        {
            await Task.WhenAny(activity, _cancel);
            if (IsCanceled && !activity.IsCompleted)
            {
                State = State with { CancelRequested = true, WaitingReason = JobErrors.CancelDetail(SubmitKnown.Perhaps) };
                context.SetCustomStatus(State.ForStatus());
            }
        }

        return await activity;
    }

    private void Ask() => Tell(Message(GateWord.Ask));

    private GateMessage Message(GateWord word) => new(word, context.InstanceId) { Turn = _turn, Lane = ticket.Lane, Group = ticket.Batch, FailsWithoutCredits = ticket.FailsWithoutCredits };

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

/// <summary>What a task tells the job it is part of.</summary>
public sealed record PartState(int Task, JobState State)
{
    /// <summary>The name of the event.</summary>
    public const string EventName = "part";
}
