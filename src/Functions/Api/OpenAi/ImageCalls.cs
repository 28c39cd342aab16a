using Darkroom.Jobs;
using Darkroom.Jobs.Calls;
using Darkroom.Requests;
using Darkroom.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// Starts the job of a request, or finds the job of an earlier try of the same call: by the Idempotency-Key, otherwise by the call log.
/// </summary>
public sealed class ImageCalls(JobTickets tickets, JobService jobs, CallLog log, WaitingCallers callers, DarkroomSettings settings)
{
    /// <summary>The response header with the id of the job.</summary>
    public const string JobHeader = "Darkroom-Job";

    // SDKs show the value of this header with every error.
    private const string RequestIdHeader = "x-request-id";

    internal async Task<CallStart> StartAsync(
        HttpRequest request, DurableTaskClient client, OpenAiReading reading, CancellationToken cancellation)
    {
        if (reading is not OpenAiReading.Valid { Request: var wanted })
            return new CallStart.Refused(Problem.Invalid([.. ((OpenAiReading.Invalid)reading).Problems]));
        if (!IdempotencyKeys.TryRead(request, out var key))
            return new CallStart.Refused(IdempotencyKeys.Refusal);
        if (callers.TryOpen() is not { } place)
            return new CallStart.Refused(Problem.TooManyWaiting(settings.MaxWaitingCallers));

        var response = request.HttpContext.Response;
        response.RegisterForDispose(place);
        ModelNames.Tell(response, wanted.Job.Image.Model);
        var caller = Callers.Of(request);
        var ticket = tickets.For(key is null ? JobIds.New() : JobIds.Of(key, caller), wanted.Job, caller);
        var (call, job) = key is null
            ? await LoggedAsync(request, ticket, wanted.Job, cancellation)
            : (new OpenCall(_ => Task.CompletedTask), new NewJob(ticket, wanted.Job) { IdFrom = IdSource.Key, IsLimited = true });
        // From here on a task may be accepted. These headers are also part of the response to an unexpected exception.
        response.Headers[JobHeader] = response.Headers[RequestIdHeader] = job.Ticket.JobId;
        OpenAiError.ForbidRetry(response, isForbidden: true);
        return await StartAsync(response, client, job, cancellation) switch
        {
            Found.Job found => new CallStart.Started(call, found.Record, wanted.Form),
            Found.None none => new CallStart.Refused(none.Response),
            _ => throw new InvalidOperationException("There are no other results."),
        };
    }

    private async Task<(OpenCall Call, NewJob Job)> LoggedAsync(
        HttpRequest request, JobTicket ticket, JobRequest wanted, CancellationToken cancellation)
    {
        var begun = await log.BeginAsync(ticket, RetryHeader.Read(request), cancellation);
        var call = new OpenCall(state => log.EndAsync(begun, state, CancellationToken.None));
        request.HttpContext.Response.RegisterForDisposeAsync(call);
        // If the client has given up meanwhile, its retry may have come first, so this request must not start anything.
        cancellation.ThrowIfCancellationRequested();
        return begun.IsRepeat
            ? (call, new NewJob(ticket with { JobId = begun.Try.JobId }, wanted) { IdFrom = IdSource.Key, IsLimited = true })
            : (call, new NewJob(ticket, wanted) { IdFrom = IdSource.New, IsLimited = true });
    }

    private async Task<Found> StartAsync(HttpResponse response, DurableTaskClient client, NewJob job, CancellationToken cancellation)
    {
        switch (await jobs.StartAsync(client, job, cancellation))
        {
            case JobStart.Started started:
                return new Found.Job(JobRecord.Begun(started.Ticket));
            case JobStart.Existing existing:
                response.Headers[IdempotencyKeys.ReplayedHeader] = "true";
                return new Found.Job(existing.Job);
            case JobStart.OtherRequest:
                return new Found.None(Problem.KeyReuse($"job {job.Ticket.JobId}"));
            case JobStart.QueueFull:
                // Nothing was started, so an SDK may try again after the time in Retry-After.
                OpenAiError.ForbidRetry(response, isForbidden: false);
                return new Found.None(Problem.TooManyQueued(settings.MaxQueued));
            default:
                return new Found.None(Problem.Gone(job.Ticket.JobId));
        }
    }

    private abstract record Found
    {
        private Found()
        {
        }

        public sealed record Job(JobRecord Record) : Found;

        public sealed record None(IResult Response) : Found;
    }
}
