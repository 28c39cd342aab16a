using Darkroom.Generation;
using Darkroom.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Http;

/// <summary><c>POST /api/images/{id}/resubmit</c>: another attempt, because somebody says so. The only way to a second POST for a job.</summary>
public sealed class ResubmitImage(JobStarter starter, JobReader reader, JobAnswers answers, DarkroomSettings settings, TimeProvider time)
{
    /// <summary>Starts it, where there is something to attempt.</summary>
    [Function(nameof(ResubmitImage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/images/{id}/resubmit")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (job, wasPurged) = await reader.FindAsync(client, id, cancellation);
        if (job is null)
            return wasPurged ? Problem.Gone(id) : Problem.NotFound("There is no job of this id.");
        if (!job.State.Status.IsTerminal() || job.State.Status == JobStatus.Succeeded)
            return Problem.Conflict($"The job is {job.State.Status}: only one that did not succeed, and is over, can be resubmitted.");

        if (!await starter.TryStartAgainAsync(client, NextAttempt(job), cancellation))
            return Problem.Conflict("The job is being resubmitted already.");
        job = await JobReader.TryGetAsync(client, id, cancellation) ?? job;
        return await answers.AnswerAsync(client, job, request, cancellation, StatusCodes.Status202Accepted);
    }

    private JobTicket NextAttempt(JobRecord job)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var kept = job.State.Tasks
            .Select((state, task) => (task, state: state with { Pictures = [.. job.State.Pictures.Where(picture => picture.Index % job.Ticket.Tasks == task)] }))
            .Where(one => one.state.Status == JobStatus.Succeeded)
            .ToDictionary(one => one.task, one => one.state);
        return job.Ticket with
        {
            Attempt = job.Ticket.Attempt + 1,
            Kept = kept,
            Before = job.State.Timeline,
            DeadlineSeconds = job.Ticket.DeadlineSeconds > 0 ? job.Ticket.DeadlineSeconds : settings.DeadlineSeconds,
            ExpiresAt = job.Ticket.ExpiresAt > now ? job.Ticket.ExpiresAt : now.AddSeconds(Requests.JobRequest.DefaultExpirySeconds),
        };
    }
}
