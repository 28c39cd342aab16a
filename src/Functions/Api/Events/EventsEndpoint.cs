using Darkroom.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Events;

/// <summary>
/// <c>GET /api/events</c>: streams the states of several jobs and batches, and of the gate, over one connection. Browsers open only six
/// connections to a server, so a page cannot open a stream for each job.
/// </summary>
public sealed class EventsEndpoint(FollowedStates states, WaitingCallers open, DarkroomSettings settings, TimeProvider time)
{
    [Function("Events")]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/events")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (EventsQuery.Read(request.Query, out var problems) is not { } query)
            return Problem.Invalid([.. problems]);
        return open.TryOpen() is { } place
            ? new LiveEvents(end => MergedEvents.Of(Sources(request, client, query), end), place, time)
            : Problem.TooManyWaiting(settings.MaxWaitingCallers);
    }

    private IEnumerable<MergedEvents.Source> Sources(HttpRequest request, DurableTaskClient client, EventsQuery query)
    {
        foreach (var id in query.Jobs)
            yield return end => states.JobAsync(request, client, id, end);
        foreach (var id in query.Batches)
            yield return end => states.BatchAsync(request, client, id, end);
        if (query.Gate)
            yield return end => states.GateAsync(client, end);
    }
}
