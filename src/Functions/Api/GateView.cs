using System.Text.Json;
using System.Text.Json.Serialization;
using Darkroom.Gate;
using Darkroom.Settings;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>The gate as the HTTP API returns it.</summary>
public sealed class GateView(DarkroomSettings settings, TimeProvider time)
{
    // Null means "no cool-down" or "credits unknown", so nulls are written and not omitted.
    private static readonly JsonSerializerOptions WithNulls = new(StoredJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>The response with the gate.</summary>
    public IResult Of(GateSnapshot? snapshot) => Results.Content(Json(snapshot), "application/json; charset=utf-8");

    /// <summary>The gate as JSON. Without a gate no slot is in use: the first job starts it.</summary>
    public string Json(GateSnapshot? snapshot)
    {
        var gate = snapshot ?? new GateSnapshot { Slots = settings.Slots };
        var now = time.GetUtcNow().UtcDateTime;
        var usage = gate.Usage.Until(now, gate.InUse, gate.Slots);
        var budget = gate.Budget.On(now);
        return JsonSerializer.Serialize(
            new
            {
                gate.Slots,
                gate.InUse,
                gate.Submitting,
                Waiting = new { Interactive = gate.WaitingInteractive, Bulk = gate.WaitingBulk },
                CoolDown = gate.CoolDown is { } coolDown ? new { coolDown.Reason, coolDown.Until } : null,
                Paused = gate.Paused is { } pause && !pause.IsOver(now) ? new { pause.Reason, pause.Until, pause.At } : null,
                // The gate reads its settings when it has work, so a gate at rest may not know the current limit yet.
                Budget = settings.DailyBudget > 0 ? new { Limit = settings.DailyBudget, budget.Used, budget.ResetsAt } : null,
                Utilisation = new { LastMinute = Math.Round(usage.Share(now, 1), 4), LastHour = Math.Round(usage.Share(now, 60), 4) },
                gate.Credits,
            },
            WithNulls);
    }
}
