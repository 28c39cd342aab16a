using Darkroom.Gate;
using Darkroom.Jobs.Submit;

namespace Darkroom.Jobs;

/// <summary>What a cool-down means for a job that waits: its status, its stage, and why it waits in words for the caller.</summary>
public static class WaitingReasons
{
    /// <summary>The status of a job that waits.</summary>
    public static JobStatus StatusOf(CoolDownReason reason) =>
        reason == CoolDownReason.Throttled ? JobStatus.Queued : JobStatus.WaitingForCredits;

    /// <summary>The stage of a job that was refused and waits.</summary>
    public static string StageOf(CoolDownReason reason) => reason switch
    {
        CoolDownReason.Throttled => JobStages.CoolingDown,
        CoolDownReason.Quota => JobStages.WaitingForQuota,
        _ => JobStages.WaitingForCredits,
    };

    /// <summary>Why a job waits, and what ends the wait.</summary>
    public static string Of(CoolDownReason reason) => reason switch
    {
        CoolDownReason.Throttled => "ModelScope limits the rate of requests. Darkroom continues by itself after a pause.",
        CoolDownReason.Quota =>
            "The day's quota of the account is used up. ModelScope renews it at the time in resumeAt; Darkroom continues by itself then.",
        _ =>
            "The account has no credits left. The daily credits come with a login: log in at modelscope.cn. Darkroom checks the balance "
                + "regularly and continues by itself when there are credits.",
    };

    /// <summary>Why a job that was refused waits, with ModelScope's own message.</summary>
    public static string Of(SubmitOutcome.CoolDown refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Reason == CoolDownReason.Throttled
            ? refusal.Error.Detail
            : JobErrors.WithMessage(Of(refusal.Reason), refusal.Error.UpstreamMessage);
    }
}
