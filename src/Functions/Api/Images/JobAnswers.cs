using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary>Answers with a job, with the durable API's own codes: 202 while it runs, 200 when it is over.</summary>
public sealed class JobAnswers(JobReader reader, DarkroomSettings settings, TimeProvider time, GateStatusCache gateStatus)
{
    /// <summary>The job of an id, or the answer that says why not. What belongs to another caller is not there.</summary>
    public async Task<(JobRecord? Job, IResult? Refusal)> FindAsync(
        DurableTaskClient client, HttpRequest request, string id, CancellationToken cancellation)
    {
        var (job, wasPurged) = await reader.FindAsync(client, id, cancellation);
        if (job is not null && Callers.MaySee(request, job.Ticket.Caller))
            return (job, null);
        return (null, job is null && wasPurged ? Problem.Gone(id) : Problem.NotFound("There is no job of this id."));
    }

    /// <summary>The view of a job.</summary>
    public async Task<JobView> ViewAsync(DurableTaskClient client, JobRecord job, HttpRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(request);
        // Of those that are over the gate knows nothing.
        var gate = job.State.Status.IsTerminal() ? null : await gateStatus.ReadAsync(client, cancellation);
        return View(job, gate, request);
    }

    /// <summary>The view of a job, with what the gate shows.</summary>
    public JobView View(JobRecord job, GateSnapshot? gate, HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return JobView.Of(job, gate, $"{request.Scheme}://{request.Host}", time.GetUtcNow());
    }

    /// <summary>The answer with a job.</summary>
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

    // When it is worth coming back: when the next look is due, but not sooner than looks are made.
    private int RetryAfter(JobView view)
    {
        var wait = view.Progress.NextPollAt is { } next
            ? (next - time.GetUtcNow().UtcDateTime).TotalSeconds
            : view.Progress.EtaSeconds ?? 2;
        return (int)Math.Clamp(Math.Ceiling(wait), Math.Max(1, Math.Ceiling(settings.PollFloorSeconds)), 60);
    }
}
