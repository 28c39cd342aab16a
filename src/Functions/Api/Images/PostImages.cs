using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary><c>POST /api/images</c>: starts a job.</summary>
public sealed class PostImages(JobTickets tickets, JobService jobs, JobAnswers answers, PreferredWait wait, DarkroomSettings settings)
{
    /// <summary>Starts a job, or returns the job of the idempotency key.</summary>
    [Function(nameof(PostImages))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/images")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RequestBodies.AnswerAsync(request, () => AnswerAsync(request, client, cancellation), cancellation);

    private async Task<IResult> AnswerAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        if (!IdempotencyKeys.TryRead(request, out var key))
            return IdempotencyKeys.Refusal;
        var (body, refusal) = await RequestBodies.ReadJsonAsync(request, cancellation);
        if (body is null)
            return refusal!;

        using (body)
        {
            var reading = RequestRules.Read(body.RootElement, settings.DefaultModel, webhooks: WebhookRules.Of(settings));
            if (reading.Request is not { } wanted)
                return Problem.Invalid([.. reading.Problems]);

            var caller = Callers.Of(request);
            var ticket = tickets.For(key is null ? JobIds.New() : JobIds.Of(key, caller), wanted, caller);
            var job = new NewJob(ticket, wanted) { IdFrom = key is null ? IdSource.New : IdSource.Key, IsLimited = true };
            return await AnswerAsync(request, client, job, cancellation);
        }
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, DurableTaskClient client, NewJob job, CancellationToken cancellation)
    {
        var id = job.Ticket.JobId;
        switch (await jobs.StartAsync(client, job, cancellation))
        {
            case JobStart.Started started:
                return await StartedAsync(request, client, started.Ticket, cancellation);
            case JobStart.Existing existing:
                return await ReplayAsync(request, client, existing.Job, cancellation);
            case JobStart.OtherRequest:
                return Problem.KeyReuse($"job {id}");
            case JobStart.QueueFull:
                return Problem.TooManyQueued(settings.MaxQueued);
            default:
                return Problem.Gone(id);
        }
    }

    private async Task<IResult> StartedAsync(
        HttpRequest request, DurableTaskClient client, JobTicket ticket, CancellationToken cancellation)
    {
        // A job that reuses pictures ends at once, so the response waits for its end.
        var least = ticket.Reused is null ? 0 : WaitPreference.MaxSeconds;
        if (!await wait.WaitAsync(client, request, ticket.JobId, least, cancellation))
            return await answers.AnswerAsync(client, JobRecord.Begun(ticket), request, cancellation);
        return await JobReader.TryGetAsync(client, ticket.JobId, cancellation) is { } job
            ? await answers.AnswerAsync(client, job, request, cancellation)
            : Problem.Gone(ticket.JobId);
    }

    private async Task<IResult> ReplayAsync(HttpRequest request, DurableTaskClient client, JobRecord job, CancellationToken cancellation)
    {
        request.HttpContext.Response.Headers[IdempotencyKeys.ReplayedHeader] = "true";
        if (await wait.WaitAsync(client, request, job.Ticket.JobId, leastSeconds: 0, cancellation))
            job = await JobReader.TryGetAsync(client, job.Ticket.JobId, cancellation) ?? job;
        return await answers.AnswerAsync(client, job, request, cancellation);
    }
}
