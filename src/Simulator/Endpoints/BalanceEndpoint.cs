using Darkroom.Simulator.Scenarios;

namespace Darkroom.Simulator.Endpoints;

/// <summary><c>GET /openapi/v1/magicubes/balance</c>.</summary>
internal static class BalanceEndpoint
{
    private const decimal Bottomless = 250;

    public static void MapBalance(this IEndpointRouteBuilder routes, Upstream upstream) =>
        routes.MapGet("/openapi/v1/magicubes/balance", async context =>
        {
            upstream.Counters.CountBalance();
            if (await upstream.RefusesAsync(context))
                return;
            var credits = upstream.CreditBalance.Credits ?? Bottomless;
            await Replies.Json(
                200,
                $$$"""{"success":true,"data":{"total_balance":{{{credits}}},"available_balance":{{{credits}}},"frozen_amount":0}}""")(context);
        });
}
