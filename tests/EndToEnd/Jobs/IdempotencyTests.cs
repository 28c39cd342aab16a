using System.Net;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

public sealed class IdempotencyTests(TestApp app)
{
    [Fact]
    public async Task Post_SameKeyAndBody_IsTheSameJob()
    {
        var (key, body) = New("same");
        var first = await app.PostAsync(body, key);
        Assert.Equal("succeeded", TestApp.StatusOf(await app.EndOfAsync(first)));

        using var again = await app.SendAsync(HttpMethod.Post, "api/images", body, key);
        var second = await app.ReadAsync(again, HttpStatusCode.OK);
        Assert.Equal(TestApp.IdOf(first), TestApp.IdOf(second));
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(1, app.PostsOf(PromptOf(body)));
    }

    [Fact]
    public async Task Post_SameKeyAndEquivalentBody_IsTheSameJob()
    {
        var prompt = TestApp.NewPrompt("alias");
        var key = Guid.NewGuid().ToString();
        var first = await app.PostAsync(new { prompt, size = "64x64", steps = 20, count = 1 }, key);
        using var again = await app.SendAsync(
            HttpMethod.Post, "api/images", new { n = 1, num_inference_steps = 20, height = 64, width = 64, prompt }, key);
        Assert.True(again.IsSuccessStatusCode);
        Assert.Equal(TestApp.IdOf(first), TestApp.IdOf(await app.ReadAsync(again, again.StatusCode)));
    }

    [Fact]
    public async Task Post_SameKeyAndAnotherBody_Is422()
    {
        var (key, body) = New("other");
        var first = await app.PostAsync(body, key);
        var problem = await app.PostAsync(new { prompt = TestApp.NewPrompt("another") }, key, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("/docs/errors#idempotency-key-reuse", problem["type"]!.GetValue<string>());
        Assert.Contains(TestApp.IdOf(first), problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RefusedRequest_DoesNotUseTheKey()
    {
        var (key, body) = New("refused");
        await app.PostAsync(new { prompt = "" }, key, HttpStatusCode.BadRequest);
        await app.PostAsync(body, key);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("two words")]
    [InlineData("ключ")]
    [InlineData(256)]
    public async Task Post_InvalidKey_Is400(object key)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "api/images")
        { Content = System.Net.Http.Json.JsonContent.Create(new { prompt = "p" }) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key is int length ? new string('k', length) : (string)key);
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 };
        using var http = new HttpClient(handler) { BaseAddress = app.Http.BaseAddress };
        using var answer = await http.SendAsync(request);
        var problem = await app.ReadAsync(answer, HttpStatusCode.BadRequest);
        Assert.Equal("Idempotency-Key", problem["errors"]!.AsObject().Single().Key);
    }

    [Fact]
    public async Task Post_LongestKey_IsAccepted()
    {
        var (_, body) = New("long");
        await app.PostAsync(body, Guid.NewGuid().ToString().PadRight(255, '~'));
    }

    [Fact]
    public async Task Post_FiftyIdenticalRequestsAtOnce_AreOneJob()
    {
        var (key, body) = New("fifty");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.SendAsync(HttpMethod.Post, "api/images", body, key)));
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        var jobs = await Task.WhenAll(answers.Select(answer => app.ReadAsync(answer, answer.StatusCode)));
        Assert.Single(jobs.Select(TestApp.IdOf).Distinct());
        Assert.Equal("succeeded", TestApp.StatusOf(await app.EndOfAsync(jobs[0])));
        Assert.Equal(49, answers.Count(answer => answer.Headers.Contains("Idempotent-Replayed")));
        Assert.Equal(1, app.PostsOf(PromptOf(body)));
    }

    [Fact]
    public async Task Job_Purged_IsGoneWithItsKey()
    {
        var (key, body) = New("purged");
        var job = await app.EndOfAsync(await app.PostAsync(body, key));
        using var purge = await app.Http.DeleteAsync($"runtime/webhooks/durabletask/instances/{TestApp.IdOf(job)}");
        Assert.Equal(HttpStatusCode.OK, purge.StatusCode);

        await app.PostAsync(body, key, HttpStatusCode.Gone);
        foreach (var path in new[] { "", "/files/0", "/sidecar", "/events" })
        {
            using var answer = await app.Http.GetAsync($"api/images/{TestApp.IdOf(job)}{path}");
            Assert.Equal("/docs/errors#gone", (await app.ReadAsync(answer, HttpStatusCode.Gone))["type"]!.GetValue<string>());
        }

        using var delete = await app.Http.DeleteAsync($"api/images/{TestApp.IdOf(job)}");
        Assert.Equal(HttpStatusCode.Gone, delete.StatusCode);
        using var resubmit = await app.SendAsync(HttpMethod.Post, $"api/images/{TestApp.IdOf(job)}/resubmit");
        Assert.Equal(HttpStatusCode.Gone, resubmit.StatusCode);
        Assert.Equal(1, app.PostsOf(PromptOf(body)));
    }

    private static (string Key, JsonObject Body) New(string about) =>
        (Guid.NewGuid().ToString(), new JsonObject { ["prompt"] = TestApp.NewPrompt(about), ["size"] = "64x64" });

    private static string PromptOf(JsonObject body) => body["prompt"]!.GetValue<string>();
}
