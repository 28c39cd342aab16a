using Darkroom.Api.Images;
using Darkroom.Gate;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api;

/// <summary>The gate: its state, and an operator's pause.</summary>
public sealed class GateEndpoint(
    GateStatusCache gateStatus, GateView view, GatePauseStore pauses, JobSignals signals, TimeProvider time)
{
    // The gate usually obeys within milliseconds. If it does not, it obeys at its next inspection.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary><c>GET /api/gate</c>.</summary>
    [Function("Gate")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/gate")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        view.Of(await gateStatus.ReadAsync(client, cancellation));

    /// <summary><c>POST /api/gate/pause</c>: no slot is granted any more. Running tasks go on.</summary>
    [Function("PauseGate")]
    public Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/gate/pause")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation) => RequestBodies.AnswerAsync(
            request,
            async () =>
            {
                var (body, refusal) = await RequestBodies.ReadOptionalJsonAsync(request, cancellation);
                if (refusal is not null)
                    return refusal;
                using (body)
                {
                    var now = time.GetUtcNow().UtcDateTime;
                    var (pause, problems) = PauseBody.Read(body?.RootElement, now);
                    if (pause is null)
                        return Problem.Invalid([.. problems]);
                    await pauses.WriteAsync(pause, cancellation);
                    return await ObeyedAsync(client, gate => gate.Paused == pause, cancellation);
                }
            },
            cancellation);

    /// <summary><c>POST /api/gate/resume</c>: ends the pause. Without a pause it changes nothing.</summary>
    [Function("ResumeGate")]
    public async Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/gate/resume")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await pauses.DeleteAsync(cancellation);
        return await ObeyedAsync(client, gate => gate.Paused is null, cancellation);
    }

    // The stored pause is what counts. The event only makes the gate look at it now.
    private async Task<IResult> ObeyedAsync(DurableTaskClient client, Func<GateSnapshot, bool> isObeyed, CancellationToken cancellation)
    {
        await GateKeeper.BeginAsync(client, cancellation);
        using var wait = new LimitedWait(signals.Follow(UpstreamGate.InstanceId), LongestWait, time, cancellation);
        await client.RaiseEventAsync(UpstreamGate.InstanceId, GateMessage.EventName, GateMessage.ToInspect, cancellation);
        GateSnapshot? gate;
        do
            gate = await GateStatusCache.ReadNowAsync(client);
        while ((gate is null || !isObeyed(gate)) && await wait.NextLookAsync());
        return view.Of(gate);
    }
}
