using Darkroom.Jobs;
using Darkroom.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary><c>GET /api/images/{id}</c>: the state of a job, now or after it has changed or ended.</summary>
public sealed class GetImage(JobAnswers answers, JobWatch watch, WaitingCallers open, DarkroomSettings settings)
{
    [Function(nameof(GetImage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/images/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        int? seconds;
        try
        {
            seconds = WaitPreference.OfQuery(request);
        }
        catch (FormatException exception)
        {
            return Problem.Invalid("wait", exception.Message);
        }

        var until = request.Query["until"].ToString();
        if (until is not ("" or "change" or "end"))
            return Problem.Invalid("until", "Must be \"change\" or \"end\".");

        var (job, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (job is null)
            return refusal!;
        if (seconds > 0 && !job.State.Status.IsTerminal())
        {
            using var place = open.TryOpen();
            if (place is null)
                return Problem.TooManyWaiting(settings.MaxWaitingCallers);
            if (until == "change")
                await watch.UntilChangeAsync(client, id, seconds.Value, cancellation);
            else
                await watch.UntilEndAsync(client, id, seconds.Value, cancellation);
            job = await JobReader.TryGetAsync(client, id, cancellation) ?? job;
        }

        return await answers.AnswerAsync(client, job, request, cancellation);
    }
}
