using Darkroom.Simulator.Account;
using Darkroom.Simulator.Scenarios;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Endpoints;

/// <summary><c>POST /v1/images/generations</c>.</summary>
internal static class SubmitEndpoint
{
    public static void MapSubmit(this IEndpointRouteBuilder routes, Upstream upstream) =>
        routes.MapPost("/v1/images/generations", context => AnswerAsync(context, upstream));

    private static async Task AnswerAsync(HttpContext context, Upstream upstream)
    {
        using var reader = new StreamReader(context.Request.Body);
        var raw = await reader.ReadToEndAsync();
        var body = SubmittedBody.Read(raw, out var complaint);
        upstream.Counters.CountSubmit(raw, body?.Prompt);

        if (await upstream.RefusesAsync(context))
            return;
        if (body is null)
            await Replies.Error(400, complaint!)(context);
        else if (context.Request.Headers["X-ModelScope-Async-Mode"] != "true")
            await Replies.Error(400, "Synchronous mode is no longer supported, please set X-ModelScope-Async-Mode: true")(context);
        else
            await DecideAsync(context, upstream, body);
    }

    private static async Task DecideAsync(HttpContext context, Upstream upstream, SubmittedBody body)
    {
        var (twist, twists) = upstream.Scenarios.Meet(body);
        if (twist is { Accepts: false })
        {
            await twist.Reply(context);
            return;
        }

        var settings = upstream.Settings;
        if (settings.Overflow == Overflow.Throttle && !upstream.Tasks.HasFreeSlot(settings))
        {
            await Replies.Error(429, "Too many requests: one request at a time, please", ("Retry-After", "1"))(context);
            return;
        }

        var payment = body.IsBilledByProvider ? Payment.Made : upstream.CreditBalance.Pay(settings.Cost);
        if (payment != Payment.Made)
        {
            await (payment == Payment.NoCredits
                ? Replies.Error(402, "Insufficient magicubes, please top up")
                : Replies.Error(429, "You have exceeded today's quota, please try again tomorrow"))(context);
            return;
        }

        var task = upstream.Tasks.Accept(body, twists, settings);
        upstream.Counters.CountAccepted();
        // Upstream does not charge for failed tasks.
        if (twists.Fails && !body.IsBilledByProvider)
            upstream.CreditBalance.Refund(settings.Cost);
        await (twist?.Reply ?? Replies.Json(200, twists.Dialect.Accepted(task).ToJsonString(JsonForm.Readable)))(context);
    }
}
