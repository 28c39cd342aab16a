using System.Text.Json;
using Darkroom.Jobs.Poll;

namespace Darkroom.Jobs;

/// <summary>
/// What is known of a job, or of one task of it, at this moment: the custom status of its orchestration, and in the end its output. The
/// durable instance is the record; there is no other.
/// </summary>
public sealed record JobState
{
    /// <summary>The most characters of JSON that a custom status may have: the engine takes 16 KiB of UTF-16.</summary>
    public const int MostCharacters = 16 * 1024 / sizeof(char);

    /// <summary>The state.</summary>
    public JobStatus Status { get; init; }

    /// <summary>What exactly is being done.</summary>
    public string Stage { get; init; } = JobStages.WaitingForSlot;

    /// <summary>Which attempt this is.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Somebody wants it given up.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Its batch was given up when it was upstream already, and what comes of it is kept.</summary>
    public bool IsLate { get; init; }

    /// <summary>How often upstream was looked at.</summary>
    public int Polls { get; init; }

    /// <summary>When it is looked at next.</summary>
    public DateTime? NextPollAt { get; init; }

    /// <summary>When the slot was asked for.</summary>
    public DateTime? QueuedAt { get; init; }

    /// <summary>When upstream accepted.</summary>
    public DateTime? SubmittedAt { get; init; }

    /// <summary>When upstream was seen to be done.</summary>
    public DateTime? DoneAt { get; init; }

    /// <summary>When the job ended.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>When upstream is expected to be done.</summary>
    public DateTime? ExpectedAt { get; init; }

    /// <summary>Why it waits, in words.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>Until when it waits.</summary>
    public DateTime? ResumeAt { get; init; }

    /// <summary>The task upstream.</summary>
    public string? TaskId { get; init; }

    /// <summary>Upstream's id of the last answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>Upstream's own word for the task's state.</summary>
    public string? RawStatus { get; init; }

    /// <summary>How long upstream says it took.</summary>
    public double? TimeTakenMs { get; init; }

    /// <summary>The seed it was made with.</summary>
    public long? Seed { get; init; }

    /// <summary>Why it did not succeed.</summary>
    public JobError? Error { get; init; }

    /// <summary>What became of it so far.</summary>
    public Timeline Timeline { get; init; } = Timeline.Empty;

    /// <summary>The pictures; while it runs only in the output, which has room for them.</summary>
    public IReadOnlyList<SavedPicture> Pictures { get; init; } = [];

    /// <summary>The state of each task, of a job with several; only in the output.</summary>
    public IReadOnlyList<JobState> Tasks { get; init; } = [];

    /// <summary>The job whose pictures these are, when an earlier one was identical.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>The same, a step further.</summary>
    public JobState At(DateTime now, JobStatus status, string stage) =>
        this with { Status = status, Stage = stage, Timeline = Timeline.With(now, status, stage) };

    /// <summary>
    /// The same as far as a custom status has room for it. At the end a picture or two are told at once: the output is still to come. Where
    /// even that is too much, the oldest entries of the timeline are left out.
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

    private bool Fits() => JsonSerializer.Serialize(this).Length <= MostCharacters;
}

/// <summary>What exactly is being done, in one word.</summary>
public static class JobStages
{
    /// <summary>Stands in the gate's queue.</summary>
    public const string WaitingForSlot = "waitingForSlot";

    /// <summary>Everybody waits, because upstream asked for it.</summary>
    public const string CoolingDown = "coolingDown";

    /// <summary>Waits for credits.</summary>
    public const string WaitingForCredits = "waitingForCredits";

    /// <summary>Waits for a new day's quota.</summary>
    public const string WaitingForQuota = "waitingForQuota";

    /// <summary>Is being posted.</summary>
    public const string Posting = "posting";

    /// <summary>Upstream had trouble; it is posted again after a pause.</summary>
    public const string RetryingSubmit = "retryingSubmit";

    /// <summary>Upstream works.</summary>
    public const string WaitingForUpstream = "waitingForUpstream";

    /// <summary>The picture is fetched again.</summary>
    public const string FetchingAgain = "fetchingAgain";

    /// <summary>Given up, but upstream does not know how to stop.</summary>
    public const string WaitingForUpstreamToEnd = "waitingForUpstreamToEnd";

    /// <summary>It is over.</summary>
    public const string Done = "done";

    // Their places are what the timeline keeps: only add to the end.
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
    ];

    /// <summary>A stage in one character, where it is one of these.</summary>
    internal static string Shorten(string stage) => Array.IndexOf(All, stage) is var at && at >= 0 ? at.ToString() : stage;

    /// <summary>What <see cref="Shorten"/> made short.</summary>
    internal static string Lengthen(string stage) => int.TryParse(stage, out var at) && at >= 0 && at < All.Length ? All[at] : stage;
}
