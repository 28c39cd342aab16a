using System.Text.Json.Nodes;
using Darkroom.Functions.Tests.Webhooks;
using Darkroom.Jobs;
using Darkroom.Simulator;
using Darkroom.TestKit;
using Darkroom.Webhooks;
using DurableTask.Core.History;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Deliveries over minutes and days, to a real receiver.</summary>
public sealed class WebhookTimeTests
{
    private static readonly string Secret = SampleSecrets.Text(32, 9);

    [Fact]
    public async Task Deliver_ReceiverDownForADay_ArrivesWithTheSameIdAndContent()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => new WebhookReply(500));
        await using var app = await StartAsync();
        var began = app.Hub.Now;
        var job = await EndedAsync(app, receiver);
        await app.Hub.RunUntilAsync(() => app.Hub.Now - began > TimeSpan.FromDays(1));
        receiver.Answer = (_, _) => WebhookReply.Ok;
        var delivery = await DeliveredAsync(app, job);

        Assert.Equal(DeliveryPhase.Delivered, delivery.Phase);
        Assert.InRange(delivery.Tries, 7, 9);
        Assert.Equal(delivery.Tries, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(received => (received.Id, received.Body)).Distinct());
        Assert.Equal(
            receiver.Received.Count, receiver.Received.Select(received => (received.Timestamp, received.Signature)).Distinct().Count());
        var listed = await app.DeliveriesAsync(job);
        Assert.Equal(Enumerable.Range(1, delivery.Tries), listed.Select(item => (int)item!["attempt"]!));
        Assert.Equal([.. Enumerable.Repeat<int?>(500, delivery.Tries - 1), 204], listed.Select(item => (int?)item!["status"]));
        Assert.Null((string?)listed[^1]!["error"]);
    }

    [Fact]
    public async Task Deliver_ReceiverNeverAnswersWith2xx_IsGivenUpAfterTenAttemptsInThreeDays()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => new WebhookReply(302));
        await using var app = await StartAsync();
        var began = app.Hub.Now;
        var job = await EndedAsync(app, receiver);
        var delivery = await DeliveredAsync(app, job);
        Assert.Equal((DeliveryPhase.GivenUp, 10, 10), (delivery.Phase, delivery.Tries, receiver.Received.Count));
        Assert.InRange(app.Hub.Now - began, TimeSpan.FromHours(75), TimeSpan.FromHours(84));
        Assert.Equal(JobStatus.Succeeded, (await app.StateAsync(job)).Status);

        // Somebody repairs the receiver and asks for the message again.
        receiver.Answer = (_, _) => WebhookReply.Ok;
        Assert.Equal(202, await app.RedeliverAsync(job));
        Assert.Equal((DeliveryPhase.Delivered, 11), ((await DeliveredAsync(app, job)).Phase, receiver.Received.Count));
        Assert.Single(receiver.Received.Select(received => received.Id).Distinct());
        Assert.Equal(11, (int)(await app.DeliveriesAsync(job))[^1]!["attempt"]!);
    }

    [Fact]
    public async Task Deliver_ReceiverIsGone_EndsAtOnce()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => new WebhookReply(410));
        await using var app = await StartAsync();
        var job = await EndedAsync(app, receiver);
        Assert.Equal((DeliveryPhase.Refused, 1), ((await DeliveredAsync(app, job)).Phase, receiver.Received.Count));
    }

    [Theory]
    [InlineData("90", 90, 92)]
    [InlineData("7200", 7200, 7202)]
    [InlineData("9999999", 86400, 86402)]
    public async Task Deliver_RetryAfter_IsHonoured(string header, double least, double most)
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, number) => number == 1
            ? new WebhookReply(429) { Headers = { ["Retry-After"] = header } }
            : WebhookReply.Ok);
        await using var app = await StartAsync();
        var job = await EndedAsync(app, receiver);
        await DeliveredAsync(app, job);
        var times = (await app.DeliveriesAsync(job)).Select(item => (DateTime)item!["at"]!).ToArray();
        Assert.InRange((times[1] - times[0]).TotalSeconds, least, most);
    }

    [Fact]
    public async Task Redeliver_DeliveryWaits_SendsAtOnce()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => new WebhookReply(500));
        await using var app = await StartAsync();
        var job = await EndedAsync(app, receiver);
        await app.Hub.RunUntilAsync(() => receiver.Received.Count == 4);
        await app.Hub.SettleAsync();
        var before = app.Hub.Now;
        receiver.Answer = (_, _) => WebhookReply.Ok;
        Assert.Equal(202, await app.RedeliverAsync(job));
        Assert.Equal(DeliveryPhase.Delivered, (await DeliveredAsync(app, job)).Phase);
        Assert.Equal((5, before), (receiver.Received.Count, app.Hub.Now));
    }

    [Fact]
    public async Task Redeliver_RunningJobOrNoWebhook_Is409()
    {
        await using var app = await StartAsync();
        var without = await app.StartPictureAsync("without");
        Assert.Equal(409, await app.RedeliverAsync(without));
        await app.EndOfAsync(without);
        Assert.Equal(409, await app.RedeliverAsync(without));
        Assert.Equal(404, await app.RedeliverAsync("unknown"));
        Assert.Empty(await app.DeliveriesAsync(without));
    }

    [Fact]
    public async Task Deliver_ResubmittedJob_IsAnnouncedAgainWithAnotherId()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await StartAsync();
        app.Upstream.Scenarios.Assign("submit-cut", "twice", 1);
        var job = await app.StartPictureAsync("twice", Webhook(receiver));
        Assert.Equal(JobStatus.SubmissionUnknown, (await app.EndOfAsync(job)).Status);
        await DeliveredAsync(app, job);
        Assert.Equal(202, await app.ResubmitAsync(job));
        await app.EndOfAsync(job);
        await DeliveredAsync(app, job, attempt: 2);
        Assert.Equal(
            ["job.submissionUnknown", "job.succeeded"],
            receiver.Received.Select(received => (string?)JsonNode.Parse(received.Body)!["type"]));
        Assert.Equal(2, receiver.Received.Select(received => received.Id).Distinct().Count());
    }

    [Fact]
    public async Task Deliver_StorageAwayForHours_IsDeliveredWhenItIsBack()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, number) => new WebhookReply(number == 1 ? 500 : 200));
        await using var app = await StartAsync(canCutStorage: true);
        var job = await EndedAsync(app, receiver);
        await app.Hub.RunUntilAsync(() => receiver.Received.Count == 1);
        await app.Hub.SettleAsync();
        app.CutStorage();
        await app.Hub.RunForAsync(TimeSpan.FromHours(2));
        Assert.Single(receiver.Received);
        app.MendStorage();
        Assert.Equal((DeliveryPhase.Delivered, 2), ((await DeliveredAsync(app, job)).Phase, receiver.Received.Count));
    }

    [Fact]
    public async Task Deliver_ManyTasks_IsOneMessageWithAllPictures()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var app = await StartAsync();
        var job = await EndedAsync(app, receiver, ""","count":3""");
        await DeliveredAsync(app, job);
        Assert.Equal(3, JsonNode.Parse(Assert.Single(receiver.Received).Body)!["data"]!["images"]!.AsArray().Count);
    }

    [Fact]
    public async Task Deliver_History_ContainsNeitherAddressNorSecret()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, number) => new WebhookReply(number == 1 ? 500 : 200));
        await using var app = await StartAsync();
        var job = await app.StartPictureAsync("quiet", Webhook(receiver, "?token=hidden"));
        await app.EndOfAsync(job);
        await DeliveredAsync(app, job);
        var everything = string.Join('\n', app.Hub.Instances.SelectMany(instance => instance.History).Select(TextOf));
        Assert.DoesNotContain(Secret, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("token=hidden", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "token=hidden", (await app.CancelAndReadAsync(job)).Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(job, everything, StringComparison.Ordinal);
    }

    private static string TextOf(HistoryEvent entry) => entry switch
    {
        ExecutionStartedEvent started => started.Input ?? "",
        TaskScheduledEvent scheduled => scheduled.Input ?? "",
        TaskCompletedEvent completed => completed.Result ?? "",
        TaskFailedEvent failed => failed.Reason ?? "",
        ExecutionCompletedEvent ended => ended.Result ?? "",
        _ => "",
    };

    private static Task<AppOnTaskHub> StartAsync(bool canCutStorage = false) => AppOnTaskHub.StartAsync(new AppOptions
    {
        CanCutStorage = canCutStorage,
        Upstream = new SimulatorSettings { Speed = 0 },
        Settings = { ["Darkroom:WebhookAllowedNetworks"] = "127.0.0.0/8" },
    });

    private static string Webhook(WebhookReceiver receiver, string query = "") =>
        $$""","webhook":{"url":"{{receiver.Url}}{{query}}","secret":"{{Secret}}"}""";

    private static async Task<string> EndedAsync(AppOnTaskHub app, WebhookReceiver receiver, string more = "")
    {
        var job = await app.StartPictureAsync("announced", Webhook(receiver) + more);
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(job)).Status);
        return job;
    }

    private static async Task<DeliveryState> DeliveredAsync(AppOnTaskHub app, string job, int attempt = 1)
    {
        var instance = DeliveryOrder.InstanceOf(job, attempt);
        await app.Hub.RunUntilEndAsync(instance);
        return app.Hub.Get(instance).ReadOutput<DeliveryState>()!;
    }
}
