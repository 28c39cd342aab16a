using System.Text.Json.Nodes;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd.Webhooks;

/// <summary>Real deliveries, verified by the official library.</summary>
[Collection(WebhookApp.Name)]
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class WebhookTests(WebhookApp app)
{
    private static readonly string Secret = WebhookApp.SecretOf(9);

    [Theory]
    [InlineData("succeeded", null, null, 1)]
    [InlineData("partiallySucceeded", "bad-parameter", 1, 3)]
    [InlineData("failed", "bad-parameter", 1, 1)]
    [InlineData("submissionUnknown", "submit-cut", 1, 1)]
    [InlineData("expired", "never-ends", null, 1)]
    [InlineData("canceled", null, null, 1)]
    public async Task End_EachTerminalStatus_IsDeliveredOnceAndVerifies(string status, string? scenario, int? times, int count)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var prompt = TestApp.NewPrompt(status);
        if (scenario is not null)
            app.Upstream.Scenarios.Assign(scenario, prompt, times);
        var usual = app.Upstream.Settings;
        if (status == "canceled")
            app.Upstream.Settings = new SimulatorSettings { Seconds = 3600 };
        // Only the one that expires has a short deadline; another must not reach it on a slow machine.
        var job = await app.PostAsync(
            new
            {
                prompt,
                size = "64x64",
                count,
                deadlineSeconds = status == "expired" ? 2 : 60,
                webhook = new { url = receiver.Url, secret = Secret },
            });
        if (status == "canceled")
        {
            await app.UntilAsync(job, now => TestApp.StatusOf(now) == "generating");
            using var cancel = await app.SendAsync(HttpMethod.Delete, $"api/images/{TestApp.IdOf(job)}");
            // The job ends when its task has ended.
            app.Upstream.Settings = usual;
            app.Upstream.Tasks.FinishAll();
        }

        var message = await StandardWebhooks.VerifyAsync(await receiver.NextAsync(), Secret);
        var data = message["data"]!.AsObject();
        var end = await app.EndOfAsync(job);
        Assert.Equal(
            ($"job.{status}", TestApp.IdOf(job), status, status),
            ((string?)message["type"], TestApp.IdOf(data), TestApp.StatusOf(data), TestApp.StatusOf(end)));
        Assert.Equal(end["images"]!.ToJsonString(), data["images"]!.ToJsonString());
        Assert.Equal(end["error"]?.ToJsonString(), data["error"]?.ToJsonString());
        Assert.False(data.ContainsKey("timeline") || data.ContainsKey("durable") || data["request"]!.AsObject().ContainsKey("webhook"));
        Assert.Equal([204], (await app.DeliveriesAsync(job, 1)).Select(item => (int?)item!["status"]));
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task Deliver_FirstAttemptFails_RepeatsWithTheSameIdAndANewSignature()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, number) => new WebhookReply(number == 1 ? 500 : 200));
        var job = await StartAsync(receiver.Url);
        var (first, second) = (await receiver.NextAsync(), await receiver.NextAsync());
        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.NotEqual(first.Signature, second.Signature);
        Assert.InRange(long.Parse(second.Timestamp) - long.Parse(first.Timestamp), 4, 60);
        foreach (var delivery in receiver.Received)
            await StandardWebhooks.VerifyAsync(delivery, Secret);
        var items = await app.DeliveriesAsync(job, 2);
        Assert.Equal(
            [(first.Id, 1, 500), (first.Id, 2, 200)],
            items.Select(item => ((string)item!["id"]!, (int)item["attempt"]!, (int)item["status"]!)));
        Assert.Equal("The receiver answered with HTTP 500.", (string?)items[0]!["error"]);
    }

    [Fact]
    public async Task Deliver_ServiceWithTwoSecrets_VerifiesWithEachOfThem()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await app.PostAsync(new { prompt = TestApp.NewPrompt("rotation"), size = "64x64", webhook = new { url = receiver.Url } });
        var delivery = await receiver.NextAsync();
        Assert.Equal(2, delivery.Signature.Split(' ').Length);
        foreach (var secret in WebhookApp.ServiceSecrets)
            await StandardWebhooks.VerifyAsync(delivery, secret);
        Assert.False(await StandardWebhooks.AcceptsAsync(delivery, Secret));
        Assert.False(await StandardWebhooks.AcceptsAsync(delivery with { Body = $"{delivery.Body} " }, WebhookApp.ServiceSecrets[0]));
    }

    [Fact]
    public async Task Deliver_JobWithoutWebhook_GoesToTheService()
    {
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt = TestApp.NewPrompt("for all"), size = "64x64" }));
        await app.DeliveriesAsync(job, 1);
        var delivery = Assert.Single(
            app.ServiceReceiver.Received, received => received.Body.Contains(TestApp.IdOf(job), StringComparison.Ordinal));
        await StandardWebhooks.VerifyAsync(delivery, WebhookApp.ServiceSecrets[1]);
    }

    [Fact]
    public async Task Deliver_Redirect_IsNotFollowed()
    {
        await using var other = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync(
            (_, _) => new WebhookReply(302) { Headers = { ["Location"] = other.Url } });
        var item = (await app.DeliveriesAsync(await StartAsync(receiver.Url), 1))[0]!;
        Assert.Equal(
            (302, "The receiver answered with HTTP 302. Redirects are not followed."), ((int)item["status"]!, (string)item["error"]!));
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Deliver_SilentReceiver_TimesOutAndDelaysNoJob()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => WebhookReply.Never);
        var job = await StartAsync(receiver.Url);
        await receiver.NextAsync();
        // The job has ended although its receiver is silent.
        Assert.Equal("succeeded", TestApp.StatusOf(await app.GetAsync(TestApp.IdOf(job))));
        var item = (await app.DeliveriesAsync(job, 1))[0]!;
        Assert.Equal((null, "The receiver did not answer within 15 s."), ((int?)item["status"], (string)item["error"]!));
    }

    [Fact]
    public async Task Deliver_UnknownHost_IsListed()
    {
        var item = (await app.DeliveriesAsync(await StartAsync("https://no-such-host.invalid/hook"), 1))[0]!;
        Assert.Null((int?)item["status"]);
        Assert.DoesNotContain("invalid", (string)item["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_LongRequest_IsShortAndSaysSo()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var prompt = string.Concat(Enumerable.Repeat("猫", 1900)) + Guid.NewGuid();
        await app.PostAsync(
            new
            {
                prompt,
                negative_prompt = prompt,
                size = "64x64",
                image_url = "data:image/png;base64,iVBORw0KGgo=",
                tags = Enumerable.Range(0, 20).Select(number => $"{number}{new string('ü', 90)}"),
                extra = new { note = "hidden" },
                webhook = new { url = receiver.Url, secret = Secret },
            });
        var delivery = await receiver.NextAsync();
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(delivery.Body), 1, 19_999);
        var data = (await StandardWebhooks.VerifyAsync(delivery, Secret))["data"]!;
        Assert.True((bool?)data["truncated"]);
        Assert.Equal(prompt[..500], (string?)data["request"]!["prompt"]);
        Assert.False(data["request"]!.AsObject().ContainsKey("extra") || data["request"]!.AsObject().ContainsKey("image_url"));
    }

    private async Task<JsonObject> StartAsync(string url) =>
        await app.EndOfAsync(
            await app.PostAsync(new { prompt = TestApp.NewPrompt("announced"), size = "64x64", webhook = new { url, secret = Secret } }));
}
