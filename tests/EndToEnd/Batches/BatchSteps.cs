using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>The steps that tests of batches share.</summary>
internal static class BatchSteps
{
    public const string Ndjson = "application/x-ndjson";

    public static async Task<JsonObject> PostBatchAsync(
        this TestApp app,
        string body,
        string type = Ndjson,
        string query = "",
        string? key = null,
        HttpStatusCode expected = HttpStatusCode.Accepted) =>
        await app.PostBatchAsync(Encoding.UTF8.GetBytes(body), type, query, key, expected);

    public static async Task<JsonObject> PostBatchAsync(
        this TestApp app,
        byte[] body,
        string type = Ndjson,
        string query = "",
        string? key = null,
        HttpStatusCode expected = HttpStatusCode.Accepted)
    {
        using var answer = await app.SendBatchAsync(body, type, query, key);
        return await app.ReadAsync(answer, expected);
    }

    public static async Task<HttpResponseMessage> SendBatchAsync(
        this TestApp app, byte[] body, string type = Ndjson, string query = "", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/batches{query}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await app.Http.SendAsync(request);
    }

    public static async Task<JsonObject> BatchAsync(this TestApp app, JsonObject batch)
    {
        using var answer = await app.Http.GetAsync($"api/batches/{TestApp.IdOf(batch)}");
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{answer.StatusCode}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    /// <summary>Waits until a batch has ended. Every state on the way is checked with <see cref="AssertAddsUp"/>.</summary>
    public static Task<JsonObject> EndOfBatchAsync(this TestApp app, JsonObject batch, Func<JsonObject, Task>? look = null) =>
        app.EndOfBatchOrAsync(batch, until: _ => false, look);

    /// <summary>Waits until a batch has ended or <paramref name="until"/> is true.</summary>
    public static async Task<JsonObject> EndOfBatchOrAsync(
        this TestApp app, JsonObject batch, Func<JsonObject, bool> until, Func<JsonObject, Task>? look = null)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var now = await app.BatchAsync(batch);
            AssertAddsUp(now);
            if (look is not null)
                await look(now);
            if (TestApp.StatusOf(now) == "finished" || until(now))
                return now;
            await pace.WaitForNextTickAsync();
        }
    }

    public static async Task<IReadOnlyList<JsonObject>> LinesAsync(this TestApp app, JsonObject batch, string file)
    {
        var text = await app.Http.GetStringAsync($"api/batches/{TestApp.IdOf(batch)}/{file}");
        Leaks.AssertNone(Leaks.Find(text));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    public static int Count(this JsonObject batch, string name) => batch["counts"]![name]!.GetValue<int>();

    public static void AssertAddsUp(JsonObject batch)
    {
        var counts = new[] { "queued", "running", "succeeded", "failed", "canceled" }.Select(name => batch.Count(name)).ToArray();
        Assert.All(counts, count => Assert.InRange(count, 0, int.MaxValue));
        Assert.True(counts.Sum() == batch.Count("total"), batch.ToJsonString());
        Assert.InRange(batch["unknown"]!.GetValue<int>(), 0, batch.Count("failed"));
    }
}
