using System.Text.Json;
using Darkroom.Jobs.Poll;
using Darkroom.Requests;

namespace Darkroom.Jobs;

/// <summary>
/// The current state of a job, or of one of its tasks. It is the custom status of the orchestration while that runs, and its output
/// afterwards. There is no other record of a job.
/// </summary>
public sealed record JobState
{
    /// <summary>The maximum length of a custom status as JSON, in characters. The engine accepts 16 KiB of UTF-16.</summary>
    public const int MaxCharacters = 16 * 1024 / sizeof(char);

    public JobStatus Status { get; init; }

    /// <summary>The current step: one of <see cref="JobStages"/>.</summary>
    public string Stage { get; init; } = JobStages.WaitingForSlot;

    /// <summary>The number of the attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>
    /// Whether the job was canceled. If the cancel keeps late pictures of a task that is upstream, <see cref="IsLate"/> is set instead.
    /// </summary>
    public bool CancelRequested { get; init; }

    /// <summary>
    /// Whether its batch was canceled when the task was already upstream or being submitted, and its late pictures are kept.
    /// </summary>
    public bool IsLate { get; init; }

    /// <summary>The lane to which an operator moved the job; null while it is in the lane of its request.</summary>
    public Lane? Lane { get; init; }

    /// <summary>The number of looks at the upstream task.</summary>
    public int Polls { get; init; }

    /// <summary>When the next look is due.</summary>
    public DateTime? NextPollAt { get; init; }

    /// <summary>When the wait for a slot began.</summary>
    public DateTime? QueuedAt { get; init; }

    /// <summary>When upstream accepted the task.</summary>
    public DateTime? SubmittedAt { get; init; }

    /// <summary>When a look found the task done and its pictures were saved; null if that did not happen.</summary>
    public DateTime? DoneAt { get; init; }

    public DateTime? EndedAt { get; init; }

    /// <summary>When upstream is expected to be done.</summary>
    public DateTime? ExpectedAt { get; init; }

    /// <summary>Why the job waits, as a sentence for the caller.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>When the current wait ends, if that is known.</summary>
    public DateTime? ResumeAt { get; init; }

    /// <summary>The id of the upstream task.</summary>
    public string? TaskId { get; init; }

    /// <summary>ModelScope's request id of its last answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>The status of the task as ModelScope names it.</summary>
    public string? RawStatus { get; init; }

    /// <summary>How long the task took, as reported by ModelScope.</summary>
    public double? TimeTakenMs { get; init; }

    /// <summary>The seed that was used.</summary>
    public long? Seed { get; init; }

    /// <summary>Why the job did not succeed.</summary>
    public JobError? Error { get; init; }

    /// <summary>The statuses and stages of the job so far.</summary>
    public Timeline Timeline { get; init; } = Timeline.Empty;

    /// <summary>The pictures. The output has all of them; the custom status has room for one or two at most.</summary>
    public IReadOnlyList<SavedPicture> Pictures { get; init; } = [];

    /// <summary>The state of each task if the job has several. The custom status does not contain it.</summary>
    public IReadOnlyList<JobState> Tasks { get; init; } = [];

    /// <summary>The id of the earlier, identical job whose pictures are reused.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>This state with a new status and stage, which are also added to the timeline.</summary>
    public JobState At(DateTime now, JobStatus status, string stage) =>
        this with { Status = status, Stage = stage, Timeline = Timeline.With(now, status, stage) };

    /// <summary>
    /// This state, shortened to the size of a custom status. A final state includes one or two pictures if they fit, because the output is
    /// only written later. Otherwise pictures and tasks are left out and, if necessary, the oldest entries of the timeline.
    /// </summary>
    public JobState ForStatus()
    {
        var small = this with { Pictures = [], Tasks = [] };
        if (Status.IsTerminal() && Pictures.Count is 1 or 2 && small with { Pictures = Pictures } is var whole && whole.Fits())
            return whole;
        while (!small.Fits() && small.Timeline.Entries.Length > 1)
            small = small with { Timeline = small.Timeline.WithoutOldest(small.Timeline.Entries.Length / 4 + 1) };
        return small;
    }

    private bool Fits() => JsonSerializer.Serialize(this).Length <= MaxCharacters;
}

/// <summary>The stages of a job. A stage is more exact than the status.</summary>
public static class JobStages
{
    /// <summary>The job waits in the queue of the gate.</summary>
    public const string WaitingForSlot = "waitingForSlot";

    /// <summary>A cool-down: upstream throttled a submit, so no job may submit.</summary>
    public const string CoolingDown = "coolingDown";

    /// <summary>The job waits until the account has credits.</summary>
    public const string WaitingForCredits = "waitingForCredits";

    /// <summary>The job waits for the quota of the next day.</summary>
    public const string WaitingForQuota = "waitingForQuota";

    /// <summary>An operator has paused submits.</summary>
    public const string Paused = "paused";

    /// <summary>The daily budget is used up. The job waits for the next day.</summary>
    public const string BudgetReached = "budgetReached";

    /// <summary>The task is being posted to ModelScope.</summary>
    public const string Posting = "posting";

    /// <summary>Upstream had trouble. The task is posted again after a pause.</summary>
    public const string RetryingSubmit = "retryingSubmit";

    /// <summary>ModelScope works on the task.</summary>
    public const string WaitingForUpstream = "waitingForUpstream";

    /// <summary>A picture could not be fetched; it is fetched again.</summary>
    public const string FetchingAgain = "fetchingAgain";

    /// <summary>The job is canceled, but its task still runs: ModelScope has no way to cancel it.</summary>
    public const string WaitingForUpstreamToEnd = "waitingForUpstreamToEnd";

    /// <summary>The job has ended.</summary>
    public const string Done = "done";

    // The timeline stores positions in this array, so new stages must be added at the end.
    private static readonly string[] All =
    [
        WaitingForSlot,
        CoolingDown,
        WaitingForCredits,
        WaitingForQuota,
        Posting,
        RetryingSubmit,
        WaitingForUpstream,
        FetchingAgain,
        WaitingForUpstreamToEnd,
        Done,
        Paused,
        BudgetReached,
    ];

    /// <summary>The position of a known stage, in one character; any other text unchanged.</summary>
    internal static string Shorten(string stage) => Array.IndexOf(All, stage) is var at && at >= 0 ? at.ToString() : stage;

    /// <summary>The reverse of <see cref="Shorten"/>.</summary>
    internal static string Lengthen(string stage) => int.TryParse(stage, out var at) && at >= 0 && at < All.Length ? All[at] : stage;
}
