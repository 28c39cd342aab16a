namespace Darkroom.Simulator.Scenarios;

/// <summary>Scenarios of a look at a task.</summary>
internal static class LookScenarios
{
    private const string NotFound = """{"errors":{"code":500,"message":"task not found"},"task_status":"FAILED"}""";

    private static readonly TimeSpan AtFirst = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(
            "not-found-at-first",
            "FAILED with \"task not found\" for the first 2 seconds") { Look = look =>
                look.SinceSubmit < AtFirst ? Replies.Json(200, NotFound) : null },
        new(
            "404-at-first",
            "404 for the first 2 seconds") { Look = look => look.SinceSubmit < AtFirst ? Replies.Error(404, "task not found") : null },
        Always("task-lost", "FAILED with \"task not found\" on every look", Replies.Json(200, NotFound)),
        Always("task-404", "404 on every look", Replies.Error(404, "task not found")),
        Always("look-500", "500 with upstream's envelope", Replies.Error(500, "internal error")),
        Always("look-502", "502 from a gateway", Replies.Html(502)),
        Always("look-503", "503: server is busy", Replies.Error(503, "Server is busy")),
        Always("look-429", "429 with Retry-After of 1 second", Replies.Error(429, "Too many requests", ("Retry-After", "1"))),
        Always("look-401", "401: the token was revoked after the submit", Replies.Error(401, "invalid token")),
        Always("look-html", "200 with a web page", Replies.Html(200)),
        Always("look-cut", "the connection drops without an answer", Replies.Cut()),
        new("look-half", "half of the answer, then the connection drops") { Look = look => Replies.Half(look.Plain) },
        Always("look-silence", "no answer until the caller times out", Replies.Silence()),
        Always("look-drip", "an answer that stops after one byte", Replies.Drip()),
        Always("look-flood", "an endless answer", Replies.Flood()),
        Always("never-ends", "RUNNING on every look", Replies.Json(200, """{"task_status":"RUNNING"}""")),
        new("no-picture", "SUCCEED without a picture") { Spells = dialect => dialect with { WritePictures = (_, _, _) => { } } },
    ];

    private static Scenario Always(string name, string about, Reply reply) => new(name, about) { Look = _ => reply };
}
