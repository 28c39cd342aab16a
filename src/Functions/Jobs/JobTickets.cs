using Darkroom.Jobs.Poll;
using Darkroom.Requests;
using Darkroom.Settings;

namespace Darkroom.Jobs;

/// <summary>Creates the tickets of new jobs.</summary>
public sealed class JobTickets(DarkroomSettings settings, TimeProvider time)
{
    public JobTicket For(string jobId, JobRequest request, string? caller, string? batch = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var text = CanonicalRequest.Write(request);
        var now = time.GetUtcNow().UtcDateTime;
        return new JobTicket
        {
            JobId = jobId,
            Request = MaskedRequest.Of(text),
            RequestHash = CanonicalRequest.Hash(text),
            IsStored = RequestStore.MustStore(text),
            CreatedAt = now,
            ExpiresAt = now.AddSeconds(request.ExpiresInSeconds),
            DeadlineSeconds = request.DeadlineSeconds ?? settings.DeadlineSeconds,
            Tasks = request.Count,
            Lane = request.Priority,
            Batch = batch,
            Caller = caller,
            Tags = request.Tags,
            Warnings = request.Warnings,
            FailsWithoutCredits = request.FailsWithoutCredits,
            IsBilledByProvider = request.Image.IsBilledByProvider,
            HasWebhook = request.Webhook is not null || settings.WebhookUrl is not null,
        };
    }

    /// <summary>
    /// The ticket of the next attempt of a job that ended. Tasks that succeeded are kept; the upstream tasks of the others are looked at
    /// before anything is posted.
    /// </summary>
    public JobTicket ForNextAttempt(JobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var now = time.GetUtcNow().UtcDateTime;
        IReadOnlyList<JobState> tasks = job.State.Tasks.Count > 0 ? job.State.Tasks : [job.State];
        return job.Ticket with
        {
            Attempt = job.Ticket.Attempt + 1,
            ResubmittedAt = now,
            Carried = null,
            Kept = job.State.Tasks.Index()
                .Where(task => task.Item.Status == JobStatus.Succeeded)
                .ToDictionary(task => task.Index, task => task.Item with { Pictures = PicturesOf(job, task.Index) }),
            EarlierTasks = tasks.Index()
                .Where(task => task.Item.TaskId is not null)
                .ToDictionary(task => task.Index, task => task.Item.TaskId!),
            Before = job.State.Timeline,
            DeadlineSeconds = job.Ticket.DeadlineSeconds > 0 ? job.Ticket.DeadlineSeconds : settings.DeadlineSeconds,
            ExpiresAt = job.Ticket.ExpiresAt > now ? job.Ticket.ExpiresAt : now.AddSeconds(JobRequest.DefaultExpirySeconds),
        };
    }

    private static SavedPicture[] PicturesOf(JobRecord job, int task) =>
        [.. job.State.Pictures.Where(picture => picture.Index % job.Ticket.Tasks == task)];
}
