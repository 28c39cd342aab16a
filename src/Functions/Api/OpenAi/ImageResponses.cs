using Azure;
using Darkroom.Api.Images;
using Darkroom.Jobs;
using Darkroom.Jobs.Calls;
using Darkroom.Jobs.Poll;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// Waits for the job of a call and builds the response. A client that disconnects ends only the wait: the job goes on.
/// </summary>
public sealed class ImageResponses(
    JobWatch watch, JobAnswers answers, StoredPictures pictures, DarkroomSettings settings, TimeProvider time)
{
    public async Task<IResult> AnswerAsync(
        HttpRequest request, DurableTaskClient client, CallStart begun, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (begun is not CallStart.Started start)
            return ((CallStart.Refused)begun).Response;
        if (PrefersAsync(request))
            return await AcceptedAsync(request, client, start, cancellation);
        ResponseTimeout.Limit(request.HttpContext, time);
        if (start.Form.IsStream)
            return new ImageStream(start, aborted => OutcomeAsync(client, start, aborted), pictures, time);

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, request.HttpContext.RequestAborted);
        var job = await EndOfAsync(client, start, ends.Token);
        return ImageOutcome.Of(job) switch
        {
            ImageOutcome.Pictures { Saved: var saved } => await ResultAsync(request.HttpContext, start, job, saved),
            ImageOutcome.Failed failed => new LastResult(failed.Error, start.Call, failed.Ends),
            _ => throw new InvalidOperationException("There are no other outcomes."),
        };
    }

    private async Task<IResult> ResultAsync(HttpContext http, CallStart.Started start, JobRecord job, IReadOnlyList<SavedPicture> saved)
    {
        // The first picture is opened here, where a failure still becomes an error response.
        try
        {
            var first = start.Form.IsBase64 ? await pictures.OpenAsync(saved[0], start.Form.Format, http.RequestAborted) : Stream.Null;
            http.Response.RegisterForDispose(first);
            return new ImagesResult(start, job, saved, first, pictures);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return new LastResult(Problem.PictureGone(saved[0].Index), start.Call, TryState.Answered);
        }
    }

    private static bool PrefersAsync(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(value => (value ?? "").Split(','))
        .Any(preference => preference.Trim().Equals("respond-async", StringComparison.OrdinalIgnoreCase));

    private async Task<IResult> AcceptedAsync(
        HttpRequest request, DurableTaskClient client, CallStart.Started start, CancellationToken cancellation)
    {
        OpenAiError.ForbidRetry(request.HttpContext.Response, isForbidden: false);
        request.HttpContext.Response.Headers["Preference-Applied"] = "respond-async";
        var job = await answers.AnswerAsync(client, start.Job, request, cancellation, StatusCodes.Status202Accepted);
        return new LastResult(job, start.Call, TryState.Answered);
    }

    private async Task<ImageOutcome> OutcomeAsync(DurableTaskClient client, CallStart.Started start, CancellationToken cancellation) =>
        ImageOutcome.Of(await EndOfAsync(client, start, cancellation));

    private async Task<JobRecord> EndOfAsync(DurableTaskClient client, CallStart.Started start, CancellationToken cancellation)
    {
        var id = start.Job.Ticket.JobId;
        await watch.UntilEndAsync(client, id, settings.OpenAiWaitSeconds, cancellation);
        return await JobReader.TryGetAsync(client, id, cancellation) ?? start.Job;
    }

    /// <summary>A response that ends its call.</summary>
    private sealed class LastResult(IResult result, OpenCall call, TryState ends) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await result.ExecuteAsync(httpContext);
            await httpContext.Response.CompleteAsync();
            call.Sent(ends, httpContext);
        }
    }
}
