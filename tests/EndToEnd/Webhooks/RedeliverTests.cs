using System.Net;
using System.Text.Json.Nodes;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd.Webhooks;

/// <summary>Sending again, the list of deliveries, and what must never be visible.</summary>
[Collection(WebhookApp.Name)]
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class RedeliverTests(WebhookApp app)
{
    private static readonly string Secret = WebhookApp.SecretOf(8);

    [Fact]
    public async Task Redeliver_DeliveredJob_SendsTheSameMessageAgain()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var job = await StartAsync(receiver.Url);
        var first = await receiver.NextAsync();
        await app.DeliveriesAsync(job, 1);
        var answer = await app.RedeliverAsync(TestApp.IdOf(job), HttpStatusCode.Accepted);
        var again = await receiver.NextAsync();
        Assert.Equal((first.Id, first.Body, first.Id), (again.Id, again.Body, (string?)answer["id"]));
        await StandardWebhooks.VerifyAsync(again, Secret);
        Assert.Equal([1, 2], (await app.DeliveriesAsync(job, 2)).Select(item => (int)item!["attempt"]!));
    }

    [Fact]
    public async Task Redeliver_DeliveryWaitsForItsNextAttempt_SendsAtOnce()
    {
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, number) => number == 1 ? new WebhookReply(503) { Headers = { ["Retry-After"] = "3600" } } : WebhookReply.Ok);
        var job = await StartAsync(receiver.Url);
        await app.DeliveriesAsync(job, 1);
        await app.RedeliverAsync(TestApp.IdOf(job), HttpStatusCode.Accepted);
        Assert.Equal((await receiver.NextAsync()).Id, (await receiver.NextAsync()).Id);
        Assert.Equal([503, 204], (await app.DeliveriesAsync(job, 2)).Select(item => (int?)item!["status"]));
    }

    [Fact]
    public async Task Redeliver_ResubmittedJob_IsAnotherMessage()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var prompt = TestApp.NewPrompt("resubmitted");
        app.Upstream.Scenarios.Assign("submit-cut", prompt, 1);
        var job = await app.PostAsync(new { prompt, size = "64x64", webhook = new { url = receiver.Url, secret = Secret } });
        var first = await receiver.NextAsync();
        await app.EndOfAsync(job);
        using var resubmit = await app.SendAsync(HttpMethod.Post, $"api/images/{TestApp.IdOf(job)}/resubmit");
        await app.ReadAsync(resubmit, HttpStatusCode.Accepted);
        var second = await receiver.NextAsync();
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(
            ("job.submissionUnknown", "job.succeeded", 2),
            (TypeOf(first), TypeOf(second), (int)JsonNode.Parse(second.Body)!["data"]!["attempt"]!));
    }

    [Fact]
    public async Task Redeliver_TerminatedJob_IsAnnouncedAsCanceled()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var prompt = TestApp.NewPrompt("terminated");
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        var job = await app.PostAsync(
            new { prompt, size = "64x64", deadlineSeconds = 60, webhook = new { url = receiver.Url, secret = Secret } });
        await app.UntilAsync(job, now => TestApp.StatusOf(now) == "generating");
        await app.RedeliverAsync(TestApp.IdOf(job), HttpStatusCode.Conflict);
        using var end = await app.SendAsync(
            HttpMethod.Post, $"runtime/webhooks/durabletask/instances/{TestApp.IdOf(job)}/terminate?reason=enough");
        await app.EndOfAsync(job);
        await app.RedeliverAsync(TestApp.IdOf(job), HttpStatusCode.Accepted);
        Assert.Equal("job.canceled", TypeOf(await receiver.NextAsync()));
    }

    [Fact]
    public async Task Deliveries_UnknownAndPurgedJob_Are404And410()
    {
        using var unknown = await app.Http.GetAsync("api/images/unknown/deliveries");
        await app.ReadAsync(unknown, HttpStatusCode.NotFound);
        await app.RedeliverAsync("unknown", HttpStatusCode.NotFound);
        await using var receiver = await WebhookReceiver.StartAsync();
        var job = await StartAsync(receiver.Url);
        await app.DeliveriesAsync(job, 1);
        using var purge = await app.Http.DeleteAsync($"runtime/webhooks/durabletask/instances/{TestApp.IdOf(job)}");
        using var purged = await app.Http.GetAsync($"api/images/{TestApp.IdOf(job)}/deliveries");
        await app.ReadAsync(purged, HttpStatusCode.Gone);
        await app.RedeliverAsync(TestApp.IdOf(job), HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Secret_IsOnlyInTheStoredRequest()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, number) => new WebhookReply(number == 1 ? 500 : 200));
        var secret = WebhookApp.SecretOf(77);
        var token = $"token={Guid.NewGuid()}";
        var posted = await app.PostAsync(
            new { prompt = TestApp.NewPrompt("quiet"), size = "64x64", webhook = new { url = $"{receiver.Url}?{token}", secret } });
        var job = await app.EndOfAsync(posted);
        await app.DeliveriesAsync(job, 2);
        await app.RedeliverAsync(TestApp.IdOf(job), HttpStatusCode.Accepted);
        await app.DeliveriesAsync(job, 3);
        Assert.All(receiver.Received, received => Assert.DoesNotContain(token, received.Body, StringComparison.Ordinal));
        using var list = await app.Http.GetAsync("api/images?top=100");
        using var sidecar = await app.Http.GetAsync($"api/images/{TestApp.IdOf(job)}/sidecar");
        string[] shown = [
            posted.ToJsonString(), job.ToJsonString(), await list.Content.ReadAsStringAsync(), await sidecar.Content.ReadAsStringAsync(),
            (await app.DeliveriesAsync(job)).ToJsonString(), .. receiver.Received.Select(received => received.Body)];
        foreach (var hidden in new[] { secret, secret["whsec_".Length..], token })
        {
            Assert.All(shown, text => Assert.DoesNotContain(hidden, text, StringComparison.Ordinal));
            Assert.All(
                await app.PlacesOfAsync(hidden),
                place => Assert.StartsWith($"darkroom-jobs/requests/{TestApp.IdOf(job)}/", place, StringComparison.Ordinal));
        }

        foreach (var service in WebhookApp.ServiceSecrets)
            Assert.Empty(await app.PlacesOfAsync(service));
    }

    private static string TypeOf(ReceivedWebhook received) => (string)JsonNode.Parse(received.Body)!["type"]!;

    private async Task<JsonObject> StartAsync(string url) =>
        await app.EndOfAsync(
            await app.PostAsync(new { prompt = TestApp.NewPrompt("redelivered"), size = "64x64", webhook = new { url, secret = Secret } }));
}
