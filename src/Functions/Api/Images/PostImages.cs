using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Requests;
using Darkroom.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary><c>POST /api/images</c>: a request becomes a job.</summary>
public sealed class PostImages(JobStarter starter, JobReader reader, JobAnswers answers, JobWatch watch, ReuseIndex reuse, DarkroomSettings settings, QueueLimit limit, OpenAnswers open)
{
    /// <summary>Starts a job, or finds the one that the key belongs to.</summary>
    [Function(nameof(PostImages))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/images")] HttpRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        RequestBodies.LiftLimit(request);
        var answer = await AnswerAsync(request, client, cancellation);
        await RequestBodies.DrainAsync(request, cancellation);
        return answer;
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        if (!IdempotencyKeys.TryRead(request, out var key))
            return IdempotencyKeys.Refusal;
        var (body, refusal) = await RequestBodies.ReadJsonAsync(request, cancellation);
        if (body is null)
            return refusal!;

        using (body)
        {
            var reading = RequestRules.Read(body.RootElement, settings.DefaultModel);
            if (reading.Request is not { } wanted)
                return Problem.Invalid([.. reading.Problems]);

            var caller = Callers.Of(request);
            var ticket = starter.TicketFor(key is null ? JobIds.New() : JobIds.Of(key, caller), wanted, caller);
            return await StartAsync(request, client, ticket, wanted, isKeyed: key is not null, cancellation);
        }
    }

    private async Task<IResult> StartAsync(HttpRequest request, DurableTaskClient client, JobTicket ticket, JobRequest wanted, bool isKeyed, CancellationToken cancellation)
    {
        if (isKeyed && await ReplayAsync(request, client, ticket, cancellation) is { } replay)
            return replay;
        var hasEntered = false;
        if (await JobReader.FindIdenticalAsync(client, reuse, wanted, ticket.Caller, cancellation) is { } identical)
            ticket = ticket with { Reused = identical };
        else if (!(hasEntered = await limit.TryEnterAsync(client, wanted.Count, cancellation)))
            return Problem.TooManyQueued(settings.MaxQueued);

        var (first, isOrigin) = (ticket, false);
        try
        {
            if (isKeyed)
                (first, isOrigin) = await starter.StartOnceAsync(client, ticket, wanted, cancellation);
            else
                isOrigin = await starter.TryStartAsync(client, ticket, wanted, cancellation);
        }
        finally
        {
            if (hasEntered && !isOrigin)
                limit.Leave(wanted.Count);
        }

        // Somebody else sent the same key at the same moment.
        if (!isOrigin && await ReplayAsync(request, client, ticket, cancellation) is { } answer)
            return answer;
        if (first.RequestHash != ticket.RequestHash)
            return Problem.KeyReuse($"job {ticket.JobId}");

        using var place = Waits.OfPreference(request) > 0 ? open.TryOpen() : null;
        var wait = ticket.Reused is null ? Preferred(request, place) : Waits.MostSeconds;
        if (isOrigin && wait == 0)
            return await answers.AnswerAsync(client, JobRecord.Begun(ticket), request, cancellation);
        await watch.UntilEndAsync(client, ticket.JobId, wait, cancellation);
        return await JobReader.TryGetAsync(client, ticket.JobId, cancellation) is { } job
            ? await answers.AnswerAsync(client, job, request, cancellation)
            : Problem.Gone(ticket.JobId);
    }

    private async Task<IResult?> ReplayAsync(HttpRequest request, DurableTaskClient client, JobTicket ticket, CancellationToken cancellation)
    {
        var (job, wasPurged) = await reader.FindAsync(client, ticket.JobId, cancellation);
        if (wasPurged)
            return Problem.Gone(ticket.JobId);
        if (job is null)
            return null;
        if (job.Ticket.RequestHash != ticket.RequestHash)
            return Problem.KeyReuse($"job {ticket.JobId}");

        request.HttpContext.Response.Headers[IdempotencyKeys.ReplayedHeader] = "true";
        using var place = Waits.OfPreference(request) > 0 ? open.TryOpen() : null;
        if (Preferred(request, place) is var seconds and > 0)
        {
            await watch.UntilEndAsync(client, ticket.JobId, seconds, cancellation);
            job = await JobReader.TryGetAsync(client, ticket.JobId, cancellation) ?? job;
        }

        return await answers.AnswerAsync(client, job, request, cancellation);
    }

    // A preference is no order: who wants to wait when too many do is answered at once, and told so by what is missing.
    private static int Preferred(HttpRequest request, IDisposable? place)
    {
        if (Waits.OfPreference(request) is not { } seconds || (seconds > 0 && place is null))
            return 0;
        request.HttpContext.Response.Headers["Preference-Applied"] = $"wait={seconds}";
        return seconds;
    }
}
