using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary>Builds responses with a job. As in the durable HTTP API, the status is 202 while the job runs, and 200 after its end.</summary>
public sealed class JobAnswers(JobReader reader, DarkroomSettings settings, TimeProvider time, GateStatusCache gateStatus)
{
    /// <summary>Finds a job, or returns the response that says why not. A job of another caller counts as not found.</summary>
    public async Task<(JobRecord? Job, IResult? Refusal)> FindAsync(
        DurableTaskClient client, HttpRequest request, string id, CancellationToken cancellation)
    {
        var (job, wasPurged) = await reader.FindAsync(client, id, cancellation);
        if (job is not null && Callers.MaySee(request, job.Ticket.Caller))
            return (job, null);
        return (null, job is null && wasPurged ? Problem.Gone(id) : Problem.NotFound("There is no job with this id."));
    }

    public async Task<JobView> ViewAsync(DurableTaskClient client, JobRecord job, HttpRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(request);
        // The gate does not know jobs that have ended.
        var gate = job.State.Status.IsTerminal() ? null : await gateStatus.ReadAsync(client, cancellation);
        return View(job, gate, request);
    }

    public JobView View(JobRecord job, GateSnapshot? gate, HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return JobView.Of(job, gate, $"{request.Scheme}://{request.Host}", time.GetUtcNow());
    }

    public async Task<IResult> AnswerAsync(
        DurableTaskClient client, JobRecord job, HttpRequest request, CancellationToken cancellation, int? status = null)
    {
        var view = await ViewAsync(client, job, request, cancellation);
        var response = request.HttpContext.Response;
        var code = status ?? (view.Status.IsTerminal() ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
        if (code == StatusCodes.Status202Accepted)
        {
            response.Headers.Location = view.Links.Self;
            response.Headers.RetryAfter = RetryAfter(view).ToString();
        }

        return Results.Json(view, StoredJson.Options, statusCode: code);
    }

    // The client should ask again when the next look is due, but not more often than the shortest time between looks.
    private int RetryAfter(JobView view)
    {
        var wait = view.Progress.NextPollAt is { } next
            ? (next - time.GetUtcNow().UtcDateTime).TotalSeconds
            : view.Progress.EtaSeconds ?? 2;
        return RetryAfterHeader.Seconds(wait, settings);
    }
}
