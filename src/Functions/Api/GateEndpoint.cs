using Darkroom.Gate;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api;

/// <summary><c>GET /api/gate</c>: the slots in use, the waiting tasks, the cool-down, the utilisation and the credits.</summary>
public sealed class GateEndpoint(Settings.DarkroomSettings settings, TimeProvider time, GateStatusCache gateStatus)
{
    [Function("Gate")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/gate")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        // The first job starts the gate. Until then no slot is in use.
        var gate = await gateStatus.ReadAsync(client, cancellation) ?? new GateSnapshot { Slots = settings.Slots };
        var now = time.GetUtcNow().UtcDateTime;
        var usage = gate.Usage.Until(now, gate.InUse, gate.Slots);
        return Results.Json(
            new
            {
                gate.Slots,
                gate.InUse,
                Waiting = new { Interactive = gate.WaitingInteractive, Bulk = gate.WaitingBulk },
                CoolDown = gate.CoolDown is { } pause ? new { pause.Reason, pause.Until } : null,
                Utilisation = new { LastMinute = Math.Round(usage.Share(now, 1), 4), LastHour = Math.Round(usage.Share(now, 60), 4) },
                gate.Credits,
            },
            WithNulls);
    }

    // Null means "no cool-down" or "credits unknown", so nulls are written and not omitted.
    private static readonly System.Text.Json.JsonSerializerOptions WithNulls = new(
        StoredJson.Options)
    { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never };
}
