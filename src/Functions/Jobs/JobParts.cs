using Darkroom.Requests;

namespace Darkroom.Jobs;

/// <summary>The combined state of a job with several tasks.</summary>
internal sealed class JobParts
{
    private readonly JobTicket _ticket;
    private readonly SortedDictionary<int, JobState> _tasks = [];

    public JobParts(JobTicket ticket, DateTime now)
    {
        _ticket = ticket;
        for (var task = 0; task < ticket.Tasks; task++)
            _tasks[task] = ticket.Kept.GetValueOrDefault(task) ?? new JobState { Attempt = ticket.Attempt };
        Shown = new JobState { Attempt = ticket.Attempt, QueuedAt = now, Timeline = ticket.FirstTimeline() };
    }

    /// <summary>The tasks to run: all that did not succeed in an earlier attempt.</summary>
    public IEnumerable<int> Missing => Enumerable.Range(0, _ticket.Tasks).Where(task => !_ticket.Kept.ContainsKey(task));

    /// <summary>The combined state that the job shows while it runs.</summary>
    public JobState Shown { get; private set; }

    /// <summary>Applies the new state of one task.</summary>
    public void Apply(PartState part, DateTime now)
    {
        _tasks[part.Task] = part.State;
        var running = Missing.Select(task => _tasks[task]).Where(task => !task.Status.IsTerminal()).ToArray();
        var status = JobStatuses.Of([.. _tasks.Values.Select(task => task.Status)]);
        // The final state is set by End, together with the pictures, after all tasks have returned.
        if (status.IsTerminal())
            return;
        var lead = running.FirstOrDefault(
            task =>
                task.Status == status) ?? part.State with { Stage = JobStages.WaitingForUpstream, WaitingReason = null, ResumeAt = null };
        Shown = (Shown with
        {
            Polls = _tasks.Values.Sum(task => task.Polls),
            NextPollAt = running.Min(task => task.NextPollAt),
            ExpectedAt = running.Max(task => task.ExpectedAt),
            SubmittedAt = _tasks.Values.Min(task => task.SubmittedAt),
            WaitingReason = Shown.CancelRequested ? Shown.WaitingReason : lead.WaitingReason,
            ResumeAt = lead.ResumeAt,
        }).At(now, status, lead.Stage);
    }

    /// <summary>Shows the lane to which the job was moved.</summary>
    public void Move(Lane lane) => Shown = Shown with { Lane = lane };

    /// <summary>Shows that a cancel was requested, and what it means.</summary>
    public void Cancel() => Shown = Shown with { CancelRequested = true, WaitingReason = JobErrors.CancelDetail(SubmitOf(_tasks.Values)) };

    /// <summary>Whether any of the tasks was submitted.</summary>
    public static SubmitCertainty SubmitOf(IReadOnlyCollection<JobState> tasks) =>
        tasks.Any(task => task.TaskId is not null)
            ? SubmitCertainty.Yes
            : tasks.Any(task => task.Status == JobStatus.Submitting)
            ? SubmitCertainty.Perhaps
            : SubmitCertainty.No;

    /// <summary>The final state of the job.</summary>
    public JobState End(IEnumerable<PartState> parts, DateTime now)
    {
        foreach (var part in parts)
            _tasks[part.Task] = part.State;
        var states = _tasks.Values.ToArray();
        var status = JobStatuses.Of([.. states.Select(task => task.Status)]);
        return (Shown with
        {
            Polls = states.Sum(task => task.Polls),
            NextPollAt = null,
            WaitingReason = null,
            ResumeAt = null,
            SubmittedAt = states.Min(task => task.SubmittedAt),
            DoneAt = states.Max(task => task.DoneAt),
            EndedAt = now,
            Error = status == JobStatus.Succeeded
                ? null
                : states.FirstOrDefault(task => task.Status == status)?.Error ?? states.FirstOrDefault(
                    task => task.Error is not null)?.Error,
            Pictures = [.. states.SelectMany(task => task.Pictures).OrderBy(picture => picture.Index)],
            Tasks = [.. states.Select(task => task with { Timeline = Timeline.Empty, Pictures = [] })],
        }).At(now, status, JobStages.Done);
    }

    /// <summary>The final state of a job that must not run.</summary>
    public JobState Refused(DateTime now, string why) =>
        (Shown with { Error = JobErrors.Internal(why), EndedAt = now }).At(now, JobStatus.Failed, JobStages.Done);
}
