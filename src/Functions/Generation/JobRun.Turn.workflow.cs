using Darkroom.Gate;

namespace Darkroom.Generation;

// Waiting for its turn at the gate.
internal sealed partial class JobRun
{
    private static readonly TimeSpan FirstAskAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAskAgain = TimeSpan.FromMinutes(30);

    private Task<GateAnswer>? _answer;

    /// <summary>Asks the gate for a slot, in a new turn.</summary>
    public void AskForTurn()
    {
        _turn++;
        Ask();
    }

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

            // The timer fired early (see Alarm): it is about to expire, and too late to ask again.
            if (Now.AddSeconds(1) >= ticket.ExpiresAt)
                continue;

            // Nothing was heard: the gate may be gone.
            await Try(context.CallActivityAsync<string>(nameof(EnsureGate), options: Patience.Options));
            Ask();
            askAgainAfter = askAgainAfter * 2 < LongestAskAgain ? askAgainAfter * 2 : LongestAskAgain;
        }
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

    private void Ask() => Tell(Message(GateWord.Ask));

    private GateMessage Message(GateWord word) => new(word, context.InstanceId) { Turn = _turn, Lane = ticket.Lane, Group = ticket.Batch, FailsWithoutCredits = ticket.FailsWithoutCredits };
}
