using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd.Webhooks;

/// <summary>The webhook of a batch announces the end of the batch only.</summary>
[Collection(WebhookApp.Name)]
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class BatchWebhookTests(WebhookApp app)
{
    private static readonly string Secret = WebhookApp.SecretOf(7);

    [Fact]
    public async Task Batch_WebhookInTheJsonBody_AnnouncesTheBatchOnly()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        object[] items = [.. Enumerable.Range(0, 3).Select(_ => new { prompt = TestApp.NewPrompt("item") })];
        var body = new { webhook = new { url = receiver.Url, secret = Secret }, defaults = new { size = "64x64" }, items };
        var batch = await ReadAsync(await app.Http.PostAsync("api/batches", JsonContent.Create(body)), HttpStatusCode.Accepted);
        var message = await StandardWebhooks.VerifyAsync(await receiver.NextAsync(), Secret);
        Assert.Equal(
            ("batch.finished", (string?)batch["id"], "finished", 3),
            ((string?)message["type"], (string?)message["data"]!["id"], (string?)message["data"]!["status"],
                (int)message["data"]!["counts"]!["succeeded"]!));
        Assert.Single(receiver.Received);
        Assert.All(
            await app.PlacesOfAsync(Secret),
            place => Assert.StartsWith($"darkroom-jobs/batches/{(string?)batch["id"]}/", place, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Batch_WebhookInTheQuery_IsSignedByTheService_AndAlsoAnnouncesARetry()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var prompt = TestApp.NewPrompt("failing");
        app.Upstream.Scenarios.Assign("bad-parameter", prompt, 1);
        using var text = new StringContent($"{prompt}\n{TestApp.NewPrompt("fine")}\n", Encoding.UTF8, "text/plain");
        var batch = await ReadAsync(
            await app.Http.PostAsync($"api/batches?webhook={Uri.EscapeDataString(receiver.Url)}", text), HttpStatusCode.Accepted);
        var first = await StandardWebhooks.VerifyAsync(await receiver.NextAsync(), WebhookApp.ServiceSecrets[0]);
        Assert.Equal(1, (int)first["data"]!["counts"]!["failed"]!);

        var retry = await ReadAsync(
            await app.Http.PostAsync($"api/batches/{(string?)batch["id"]}/retry", content: null), HttpStatusCode.Accepted);
        var second = await StandardWebhooks.VerifyAsync(await receiver.NextAsync(), WebhookApp.ServiceSecrets[0]);
        Assert.Equal(((string?)retry["id"], 2), ((string?)second["data"]!["id"], receiver.Received.Count));
    }

    [Theory]
    [InlineData("text/plain", "?webhook=https://10.0.0.1/hook", "a cat", "webhook")]
    [InlineData("text/plain", "?webhook=hook", "a cat", "webhook")]
    [InlineData("application/json", "?webhook=https://example.com/", """{"items":[{"prompt":"p"}]}""", "webhook")]
    [InlineData("application/json", "", """{"items":[{"prompt":"p"}],"webhook":{"url":"https://10.0.0.1/"}}""", "webhook.url")]
    [InlineData("application/json", "", """{"items":[{"prompt":"p"}],"webhook":"https://example.com"}""", "webhook")]
    public async Task Batch_InvalidWebhook_Is400WithTheField(string type, string query, string text, string field)
    {
        using var body = new StringContent(text, Encoding.UTF8, type);
        var problem = await ReadAsync(await app.Http.PostAsync($"api/batches{query}", body), HttpStatusCode.BadRequest);
        Assert.Contains(field, problem["errors"]!.AsObject().Select(error => error.Key));
    }

    private async Task<JsonObject> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        using (answer)
            return await app.ReadAsync(answer, expected);
    }
}
