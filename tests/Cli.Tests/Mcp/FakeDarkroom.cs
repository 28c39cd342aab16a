using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Cli.Tests.Mcp;

/// <summary>The job endpoints of Darkroom over a real socket. A job id belongs to one idempotency key, as in the real service.</summary>
internal sealed class FakeDarkroom : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _jobs = new();
    private StubServer? _server;

    public string Url => _server!.Url;

    /// <summary>The requests of all POSTs: the key, and the body.</summary>
    public ConcurrentQueue<(string Key, JsonNode Body)> Posts { get; } = new();

    /// <summary>The query strings of all GETs for a job.</summary>
    public ConcurrentQueue<string> Looks { get; } = new();

    /// <summary>The values of the header x-functions-key.</summary>
    public ConcurrentQueue<string> FunctionKeys { get; } = new();

    /// <summary>The ids of all jobs.</summary>
    public ICollection<string> Jobs => _jobs.Values;

    public int Deletes { get; private set; }

    /// <summary>Answers a GET for a job, for its id and the seconds of <c>?wait</c>.</summary>
    public Func<string, int, HttpContext, Task<string>> Look { get; set; } = (id, _, _) => Task.FromResult(Succeeded(id));

    /// <summary>Answers a POST instead of accepting it, if it is set.</summary>
    public Func<IResult?> Refuse { get; set; } = () => null;

    public byte[]? Thumbnail { get; set; }

    public static async Task<FakeDarkroom> StartAsync(Action<FakeDarkroom>? configure = null, Action<WebApplication>? map = null)
    {
        var fake = new FakeDarkroom();
        configure?.Invoke(fake);
        fake._server = await StubServer.StartAsync(app =>
        {
            fake.Map(app);
            map?.Invoke(app);
        });
        return fake;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    public static string Running(string id, string status = "generating", int percent = 0, int? position = null) =>
        $$$"""
        {"id":"{{{id}}}","status":"{{{status}}}","stage":"waiting","createdAt":"2026-11-21T04:00:00Z","request":{"prompt":"a cat"},
         "progress":{"percent":{{{percent}}},"queuePosition":{{{position?.ToString() ?? "null"}}}}}
        """;

    public static string Succeeded(string id, int pictures = 1) =>
        $$$"""
        {"id":"{{{id}}}","status":"succeeded","stage":"done","createdAt":"2026-11-21T04:00:00Z","request":{"prompt":"一只猫"},
         "progress":{"percent":100},"upstream":[{"taskId":"t1","seed":7}],"credits":{"min":1,"max":2},
         "images":[{{{string.Join(',', Enumerable.Range(0, pictures).Select(Image))}}}],"durable":{"statusQueryGetUri":"http://internal"}}
        """;

    public static string Ended(string id, string status, string error) =>
        $$$"""
        {"id":"{{{id}}}","status":"{{{status}}}","createdAt":"2026-11-21T04:00:00Z","request":{"prompt":"a cat"},"error":{{{error}}}}
        """;

    public static IResult Problem(int status, string json) => Results.Text(json, "application/problem+json", Encoding.UTF8, status);

    private static string Image(int index) =>
        $$"""
        {"index":{{index}},"contentType":"image/png","width":1024,"height":768,"bytes":7,"sha256":"{{new string('a', 64)}}","warnings":[]}
        """;

    private void Map(WebApplication app)
    {
        app.MapPost("/api/images", async (HttpRequest request) =>
        {
            var key = request.Headers["Idempotency-Key"].ToString();
            FunctionKeys.Enqueue(request.Headers["x-functions-key"].ToString());
            Posts.Enqueue((key, (await JsonNode.ParseAsync(request.Body))!));
            return Refuse() ?? Json(Running(_jobs.GetOrAdd(key, _ => $"j{_jobs.Count + 1}"), "queued", position: 3));
        });
        app.MapGet("/api/images/{id}", async (string id, int? wait, HttpContext context) =>
        {
            Looks.Enqueue(context.Request.QueryString.Value!);
            return Json(await Look(id, wait ?? 0, context));
        });
        app.MapDelete("/api/images/{id}", (string id) =>
        {
            Deletes++;
            return Json(Running(id));
        });
        app.MapGet("/api/images/{id}/files/{n}/thumbnail", () => Thumbnail is { } bytes
            ? Results.Bytes(bytes, "image/webp")
            : Problem(404, """{"title":"Not found","detail":"This picture has no thumbnail."}"""));
    }

    private static IResult Json(string json) => Results.Text(json, "application/json", Encoding.UTF8);
}
