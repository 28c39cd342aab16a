using System.Text.Json;
using Darkroom.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary>
/// <c>POST /api/images/{id}/resubmit</c>: starts another attempt of a job that did not succeed. Only a resubmit may repeat a
/// submit that has an unknown outcome.
/// </summary>
public sealed class ResubmitImage(JobStarter starter, JobTickets tickets, JobAnswers answers)
{
    [Function(nameof(ResubmitImage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/images/{id}/resubmit")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (job, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (job is null)
            return refusal!;
        if (!job.State.Status.IsTerminal() || job.State.Status == JobStatus.Succeeded)
            return Problem.Conflict(
                $"The job is {JsonNamingPolicy.CamelCase.ConvertName($"{job.State.Status}")}. Only a job that has ended without success "
                    + "can be resubmitted.");

        if (await FindLiveTaskAsync(client, job, cancellation) is { } live)
        {
            // The job was terminated, but this task was not. A new attempt would run it twice.
            await client.RaiseEventAsync(live, CancelRequest.EventName, new CancelRequest(KeepsLate: false), cancellation);
            return Problem.Conflict("A task of the earlier attempt is still running. It is being canceled; try again after it has ended.");
        }

        if (!await starter.TryStartAgainAsync(client, tickets.ForNextAttempt(job), cancellation))
            return Problem.Conflict("The job is already being resubmitted.");
        job = await JobReader.TryGetAsync(client, id, cancellation) ?? job;
        return await answers.AnswerAsync(client, job, request, cancellation, StatusCodes.Status202Accepted);
    }

    private static async Task<string?> FindLiveTaskAsync(DurableTaskClient client, JobRecord job, CancellationToken cancellation)
    {
        for (var task = 0; job.Ticket.Tasks > 1 && task < job.Ticket.Tasks; task++)
        {
            var id = Requests.JobIds.OfTask(job.Ticket.JobId, task, job.Ticket.Tasks);
            if (await client.GetInstanceAsync(id, cancellation) is { IsCompleted: false })
                return id;
        }

        return null;
    }
}
