using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Jobs.Submit;

/// <summary>
/// Submits a task only once. An activity runs at least once, so the ledger decides: only the run that wrote its claim there may post. A
/// crash between the claim and the write of the task id leaves a claim without an outcome. Such a task is not posted again automatically.
/// </summary>
public sealed class SubmitTask(RequestStore requests, SubmitClaims claims, SubmitPost post, TaskUsage usage)
{
    /// <summary>Submits the task, or returns why it was not submitted.</summary>
    [Function(nameof(SubmitTask))]
    public async Task<SubmitResult> RunAsync(
        [ActivityTrigger] SubmitOrder order, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var ticket = order.Ticket;
        // Read the request before the claim, because nothing may fail between the claim and the POST.
        var image = (await requests.TryReadAsync(ticket, cancellation))?.ImageOf(ticket.Task);
        var claim = order.OnlyAsks || image is null ? await claims.LookUpAsync(order) : await claims.ClaimAsync(order, client);
        var outcome = claim switch
        {
            ClaimResult.Claimed mine when image is not null => await post.PostAsync(ticket, image, mine),
            ClaimResult.HasTask has => await post.AcceptedAsync(ticket, image, has.Entry),
            ClaimResult.Decided decided => decided.Result,
            // Nothing was posted, and this run must not post.
            _ => order.OnlyAsks ? new SubmitOutcome.GivenUp() : new SubmitOutcome.Refused(JobErrors.RequestUnreadable()),
        };
        // A run that was repeated counts the same task again, under the same key.
        await usage.SubmittedAsync(ticket, outcome, CancellationToken.None);
        return new SubmitResult(outcome);
    }
}
