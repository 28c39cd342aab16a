namespace Darkroom.Simulator.Scenarios;

/// <summary>What can happen to a look at a task.</summary>
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
        Always("task-lost", "FAILED with \"task not found\" for ever", Replies.Json(200, NotFound)),
        Always("task-404", "404 for ever", Replies.Error(404, "task not found")),
        Always("look-500", "500 with upstream's envelope", Replies.Error(500, "internal error")),
        Always("look-502", "502 from a gateway", Replies.Html(502)),
        Always("look-503", "503: server is busy", Replies.Error(503, "Server is busy")),
        Always("look-429", "429 to a look", Replies.Error(429, "Too many requests", ("Retry-After", "1"))),
        Always("look-401", "401: the token was revoked meanwhile", Replies.Error(401, "invalid token")),
        Always("look-html", "200 with a web page", Replies.Html(200)),
        Always("look-cut", "the connection drops", Replies.Cut()),
        new("look-half", "half of the answer, then the connection drops") { Look = look => Replies.Half(look.Plain) },
        Always("look-silence", "silence until the caller gives up", Replies.Silence()),
        Always("look-drip", "an answer that never ends", Replies.Drip()),
        Always("look-flood", "an endless answer", Replies.Flood()),
        Always("never-ends", "running, for ever", Replies.Json(200, """{"task_status":"RUNNING"}""")),
        new("no-picture", "success, and no picture anywhere") { Spells = dialect => dialect with { WritePictures = (_, _, _) => { } } },
    ];

    private static Scenario Always(string name, string about, Reply reply) => new(name, about) { Look = _ => reply };
}
