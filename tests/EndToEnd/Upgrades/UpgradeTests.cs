using System.Net;
using System.Text.Json.Nodes;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.EndToEnd.Upgrades;

/// <summary>
/// What one build has begun, the next one finishes: jobs in each state, a batch, a webhook, and the gate, which never ends.
/// </summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class UpgradeTests(UpgradeApp app) : IClassFixture<UpgradeApp>
{
    [Fact]
    public async Task InFlight_NextBuild_FinishesWhatTheOlderBegan()
    {
        await using var receiver = await WebhookReceiver.StartAsync((_, _) => new WebhookReply(503));
        var announced = await AnnouncedJobAsync(receiver);
        app.Upstream.Settings = new SimulatorSettings { Seconds = 3600, Speed = 1 };
        // Two slots: two tasks are upstream, and everything else waits.
        var held = await JobAsync("held");
        await app.UntilAsync(held, job => TestApp.StatusOf(job) == "generating");
        var several = await app.PostAsync(new { prompt = TestApp.NewPrompt("several"), size = "64x64", n = 3 });
        await app.UntilAsync(several, job => TestApp.StatusOf(job) == "generating");
        var waiting = await JobAsync("waiting");
        var batch = await app.PostBatchAsync(string.Join('\n', Enumerable.Range(1, 5).Select(
            number => $$"""{"prompt":"batch {{number}} {{Guid.NewGuid()}}","size":"64x64"}""")));
        Assert.Equal(UpgradeApp.OlderVersion, await VersionOfAsync(TestApp.IdOf(held)));
        Assert.Equal(UpgradeApp.OlderVersion, await VersionOfAsync("upstream-gate"));

        await app.UpgradeAsync();
        app.Upstream.Settings = new SimulatorSettings { Speed = 0, Slots = 64 };
        app.Upstream.Tasks.FinishAll();
        receiver.Answer = (_, _) => WebhookReply.Ok;
        var newer = await JobAsync("newer");

        foreach (var job in new[] { held, several, waiting, newer })
            Assert.Equal("succeeded", TestApp.StatusOf(await app.EndOfAsync(job)));
        Assert.Equal(5, (await app.EndOfBatchAsync(batch))["counts"]!["succeeded"]!.GetValue<int>());
        await RedeliverAsync(announced, receiver);
        // Nothing was paid twice.
        Assert.All(
            app.Upstream.Counters.PostsByPrompt,
            posts => Assert.Equal(posts.Key.StartsWith("several", StringComparison.Ordinal) ? 3 : 1, posts.Value));
        // A job keeps its version; the gate moves to the new one.
        Assert.Equal(UpgradeApp.OlderVersion, await VersionOfAsync(TestApp.IdOf(held)));
        Assert.Equal(UpgradeApp.NewerVersion, await VersionOfAsync(TestApp.IdOf(newer)));
        Assert.Equal(UpgradeApp.NewerVersion, await VersionOfAsync("upstream-gate"));
    }

    private Task<JsonObject> JobAsync(string about) => app.PostAsync(new { prompt = TestApp.NewPrompt(about), size = "64x64" });

    // A job that has ended, and whose webhook the receiver refuses for now.
    private async Task<JsonObject> AnnouncedJobAsync(WebhookReceiver receiver)
    {
        app.Upstream.Settings = new SimulatorSettings { Speed = 0 };
        var job = await app.PostAsync(new
        {
            prompt = TestApp.NewPrompt("announced"),
            size = "64x64",
            webhook = new { url = receiver.Url, secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=" },
        });
        await app.EndOfAsync(job);
        await receiver.NextAsync();
        return job;
    }

    // The next attempt of the schedule can be minutes away, so the delivery of the older build is told to try now.
    private async Task RedeliverAsync(JsonObject job, WebhookReceiver receiver)
    {
        var before = receiver.Received.Count;
        using var answer = await app.SendAsync(HttpMethod.Post, $"api/images/{TestApp.IdOf(job)}/redeliver");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        while (receiver.Received.Count == before)
            await receiver.NextAsync();
        Assert.Equal(receiver.Received[0].Id, receiver.Received[^1].Id);
    }

    private async Task<string?> VersionOfAsync(string instance)
    {
        using var answer = await app.Http.GetAsync($"runtime/webhooks/durabletask/instances/{instance}");
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{answer.StatusCode}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["version"]?.GetValue<string>();
    }
}
