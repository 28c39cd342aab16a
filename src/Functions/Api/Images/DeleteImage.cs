using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary><c>DELETE /api/images/{id}</c>: asks a job to give up.</summary>
public sealed class DeleteImage(SubmitBlock block, JobAnswers answers)
{
    /// <summary>Asks it; of a job that is over it changes nothing.</summary>
    [Function(nameof(DeleteImage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/images/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (job, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (job is null)
            return refusal!;
        if (!job.State.Status.IsTerminal() && !job.State.CancelRequested)
        {
            // Before anybody is told: what is said of it here must stay true.
            var submitted = await block.SetAsync(job.Ticket, cancellation);
            try
            {
                await client.RaiseEventAsync(id, CancelRequest.EventName, new CancelRequest(KeepsLate: false), cancellation);
                job = job with { State = job.State with { CancelRequested = true, WaitingReason = JobErrors.CancelDetail(submitted) } };
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // It ended this instant. The truth is read anew.
                job = await JobReader.TryGetAsync(client, id, cancellation) ?? job;
                if (!job.State.Status.IsTerminal())
                    throw;
            }
        }

        return await answers.AnswerAsync(client, job, request, cancellation);
    }
}
