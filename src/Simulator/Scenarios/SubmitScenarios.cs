namespace Darkroom.Simulator.Scenarios;

/// <summary>Scenarios of a submit. If the caller cannot know the outcome, the task is accepted, because that is the worst case.</summary>
internal static class SubmitScenarios
{
    private static readonly int[] OddRefusals = [302, 404, 405, 408, 409, 415, 422];
    private static readonly int[] OddTroubles = [500, 501, 503, 505, 529];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Refused("bad-parameter", "400: a parameter is wrong", Replies.Error(400, "Invalid parameter: size")),
        Refused("echo", "400: the message repeats the Authorization header of the request", EchoAuthorization),
        Refused(
            "model-unsupported",
            "400 with code 40212: the model is not supported",
            Replies.Json(400, """{"errors":{"code":40212,"message":"model or lora is not supported"}}""")),
        Refused(
            "no-provider",
            "400: the model is retired or mistyped",
            Replies.Error(400, "Model id : Some/Model , has no provider supported")),
        Refused("moderated", "400 in Chinese: the prompt was refused by moderation", Replies.Error(400, "输入内容包含敏感信息，未通过审核")),
        Refused(
            "moderated-english",
            "400 in English: the prompt was refused by moderation",
            Replies.Error(400, "Input may contain sensitive content")),
        Refused(
            "invalid-token",
            "401: the token is wrong",
            Replies.Error(401, "Authentication failed, please make sure that a valid token is supplied")),
        Refused("bind-account", "401: the account is not bound", Replies.Error(401, "please bind your alibaba cloud account before use")),
        Refused("forbidden", "403: access denied", Replies.Json(403, """{"error":{"message":"access denied","request_id":"r-403"}}""")),
        Refused("no-credits", "402: no credits left", Replies.Error(402, "Insufficient magicubes, please top up")),
        Refused(
            "no-credits-until", "402 with Retry-After of 2 seconds", Replies.Error(402, "Insufficient magicubes", ("Retry-After", "2"))),
        Refused("throttled", "429 with Retry-After of 1 second", Replies.Error(429, "Too many requests", ("Retry-After", "1"))),
        Refused("throttled-date", "429 with Retry-After as a date 2 seconds ahead", ThrottledByDate),
        Refused("throttled-now", "429 with Retry-After of 0 seconds", Replies.Error(429, "Too many requests", ("Retry-After", "0"))),
        Refused("throttled-silent", "429 without Retry-After", Replies.Error(429, "Request was throttled")),
        Refused(
            "quota",
            "429: today's quota is used up",
            Replies.Error(429, "You have exceeded today's quota for this model, try again tomorrow")),
        Refused(
            "quota-until",
            "429: today's quota is used up, with Retry-After of 2 seconds",
            Replies.Error(429, "You have exceeded today's quota", ("Retry-After", "2"))),
        Refused("model-retired", "429 with code 1008: the model is retired", Replies.Error(429, "insufficient balance (1008)")),
        Refused("busy", "503: server is busy", Replies.Error(503, "Server is busy, please try again later")),
        Refused("busy-until", "503 with Retry-After of 1 second", Replies.Error(503, "Server is busy", ("Retry-After", "1"))),
        Refused("submit-cut-before", "the connection drops, and the task is not accepted", Replies.Cut()),
        .. OddRefusals.Select(
            status => Refused($"submit-{status}", $"{status}, and the task is not accepted", Replies.Error(status, $"HTTP {status}"))),
        .. OddTroubles.Select(
            status =>
                Refused($"submit-{status}", $"{status} with upstream's envelope, not accepted", Replies.Error(status, $"HTTP {status}"))),
        Accepted("submit-502", "502 from a gateway, but the task is accepted", Replies.Html(502)),
        Accepted("submit-504", "504 from a gateway, but the task is accepted", Replies.Html(504)),
        Accepted("submit-502-json", "502 with upstream's envelope, but the task is accepted", Replies.Error(502, "bad gateway")),
        Accepted("submit-500-html", "500 as a web page, but the task is accepted", Replies.Html(500)),
        Accepted("submit-503-html", "503 as a web page, but the task is accepted", Replies.Html(503)),
        Accepted("submit-html", "200 with a web page, but the task is accepted", Replies.Html(200)),
        Accepted("submit-no-id", "200 without a task id, but the task is accepted", Replies.Json(200, """{"request_id":"r-1"}""")),
        Accepted("submit-cut", "the task is accepted, then the connection drops", Replies.Cut()),
        Accepted(
            "submit-half",
            "the task is accepted, then the connection drops after half of the answer",
            Replies.Half("""{"task_id":"5075521","request_id":"45287537-e13b-44bd-91ab-7eb193e86b29"}""")),
        Accepted("submit-silence", "the task is accepted, then no answer until the caller times out", Replies.Silence()),
        Accepted("submit-drip", "the task is accepted, then the answer stops after one byte", Replies.Drip()),
        Accepted("submit-flood", "the task is accepted, then an endless answer", Replies.Flood()),
    ];

    private static Task EchoAuthorization(HttpContext context) =>
        Replies.Error(400, $"Bad request with {context.Request.Headers.Authorization}")(context);

    private static Scenario Refused(string name, string about, Reply reply) =>
        new(name, about) { Submit = new SubmitTwist(Accepts: false, reply) };

    private static Scenario Accepted(string name, string about, Reply reply) =>
        new(name, about) { Submit = new SubmitTwist(Accepts: true, reply) };

    private static Task ThrottledByDate(HttpContext context)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        return Replies.Error(429, "Too many requests", ("Retry-After", clock.GetUtcNow().AddSeconds(2).ToString("R")))(context);
    }
}
