using Darkroom.Gate;
using Darkroom.Jobs.Submit;

namespace Darkroom.Jobs;

// Waiting for its turn at the gate.
internal sealed partial class JobRun
{
    private Task<GateAnswer>? _answer;

    /// <summary>Asks the gate for a slot, in a new turn.</summary>
    public void AskForTurn()
    {
        _turn++;
        Ask();
    }

    /// <summary>
    /// Waits until it may talk upstream; false when it ended instead, or begins anew. Without a timer of its own: the gate tells when it has waited long
    /// enough, and one that begins anew has everybody ask again.
    /// </summary>
    public async Task<bool> WaitForTurn(string? givenUpTask)
    {
        if (State.Stage == JobStages.WaitingForSlot)
            Show(JobStatus.Queued, JobStages.WaitingForSlot);
        while (!TryBeginAnew(carry => carry with { GivenUpTask = givenUpTask }))
        {
            _rounds++;
            _answer ??= context.WaitForExternalEvent<GateAnswer>(GateAnswer.EventName);
            await Task.WhenAny(_answer, _cancel);
            if (IsCanceled)
                return Give(JobStatus.Canceled, JobErrors.Canceled(Submitted));

            var answer = await _answer;
            _answer = null;
            if (answer.Turn == GateAnswer.AskAgain.Turn)
                Ask();
            // What was said to an earlier turn means nothing now.
            if (answer.Turn != _turn)
                continue;
            if (Now >= ticket.ExpiresAt)
                return Give(JobStatus.Expired, ExpiredUnsent());
            return answer.Granted || Give(JobStatus.Failed, JobErrors.CreditsExhausted("The account has no credits left, and the job was not to wait for some."));
        }

        return false;
    }

    private WatchedTask? Refused(SubmitResult result)
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

    private GateMessage Message(GateWord word) => new(word, context.InstanceId) { Turn = _turn, Lane = ticket.Lane, Group = ticket.Batch, ExpiresAt = ticket.ExpiresAt, FailsWithoutCredits = ticket.FailsWithoutCredits };
}
