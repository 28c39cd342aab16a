using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary><c>DELETE /api/images/{id}</c>: cancels a job.</summary>
public sealed class DeleteImage(SubmitBlock block, JobAnswers answers)
{
    /// <summary>Requests the cancel. A job that has ended does not change.</summary>
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
            // The ledger is blocked first: the response says whether the task was submitted, and that must stay true.
            var submitted = await block.BlockAsync(job.Ticket, cancellation);
            try
            {
                await client.RaiseEventAsync(id, CancelRequest.EventName, new CancelRequest(KeepsLate: false), cancellation);
                job = job with { State = job.State with { CancelRequested = true, WaitingReason = JobErrors.CancelDetail(submitted) } };
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The job may have ended at this moment, so its state is read again.
                job = await JobReader.TryGetAsync(client, id, cancellation) ?? job;
                if (!job.State.Status.IsTerminal())
                    throw;
            }
        }

        return await answers.AnswerAsync(client, job, request, cancellation);
    }
}
