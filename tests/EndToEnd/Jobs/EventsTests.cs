using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

[Trait(TestApp.Needs, TestApp.OwnApp)]
[Collection(OneSlotApp.AnotherName)]
public sealed class EventsTests(OneSlotApp app) : OneSlotTest(app)
{
    [Fact]
    public async Task Events_RunningJob_SendEachTransitionOnceAndEndWithTheJob()
    {
        App.Takes(1);
        var job = await App.PostAsync(new { prompt = TestApp.NewPrompt("followed"), size = "64x64" });
        var events = await FollowAsync(job);
        var end = await App.GetAsync(TestApp.IdOf(job));
        Assert.Equal(
            end["timeline"]!.AsArray().Select(entry => (entry!["n"]!.GetValue<int>(), entry["status"]!.GetValue<string>())),
            events.Select(one => (one.Id, TestApp.StatusOf(one.Job))));
        Assert.Equal(["queued", "submitting", "generating", "succeeded"], events.Select(one => TestApp.StatusOf(one.Job)));
        // Each event shows the job at the time of its transition, without later changes.
        Assert.All(events, one => Assert.Equal(one.Id, one.Job["timeline"]!.AsArray()[^1]!["n"]!.GetValue<int>()));
        Assert.Empty(events[0].Job["images"]!.AsArray());
        Assert.Single(events[^1].Job["images"]!.AsArray());
    }

    [Fact]
    public async Task Events_ResumedAfterACrash_ContinueAfterTheLastEvent()
    {
        App.Holds();
        var job = await App.PostAsync(new { prompt = TestApp.NewPrompt("cut off"), size = "64x64" });
        var seen = new List<(int Id, JsonObject Job)>();
        await foreach (var one in ReadAsync(job, from: null))
        {
            seen.Add(one);
            if (TestApp.StatusOf(one.Job) == "generating")
                break;
        }

        await App.CrashAsync();
        App.Finish();
        await foreach (var one in ReadAsync(job, seen[^1].Id))
            seen.Add(one);
        Assert.Equal(Enumerable.Range(0, seen.Count), seen.Select(one => one.Id));
        Assert.Equal("succeeded", TestApp.StatusOf(seen[^1].Job));
    }

    [Fact]
    public async Task Events_EndedJob_SendAllTransitionsAtOnce()
    {
        App.IsInstant();
        var job = await App.EndOfAsync(await App.PostAsync(new { prompt = TestApp.NewPrompt("over"), size = "64x64" }));
        var all = await FollowAsync(job);
        var rest = new List<(int Id, JsonObject Job)>();
        await foreach (var one in ReadAsync(job, all[1].Id))
            rest.Add(one);
        Assert.Equal(all.Skip(2).Select(one => one.Id), rest.Select(one => one.Id));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    public async Task Events_InvalidLastEventId_Is400(string id)
    {
        App.IsInstant();
        var job = await App.PostAsync(new { prompt = TestApp.NewPrompt("bad id"), size = "64x64" });
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"api/images/{TestApp.IdOf(job)}/events")
        { Headers = { { "Last-Event-ID", id } } };
        using var answer = await App.Http.SendAsync(request);
        Assert.Equal("Last-Event-ID", (await App.ReadAsync(answer, HttpStatusCode.BadRequest))["errors"]!.AsObject().Single().Key);
    }

    private async Task<List<(int Id, JsonObject Job)>> FollowAsync(JsonObject job)
    {
        var events = new List<(int Id, JsonObject Job)>();
        await foreach (var one in ReadAsync(job, from: null))
            events.Add(one);
        return events;
    }

    private async IAsyncEnumerable<(int Id, JsonObject Job)> ReadAsync(JsonObject job, int? from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/images/{TestApp.IdOf(job)}/events");
        if (from is { } last)
            request.Headers.Add("Last-Event-ID", last.ToString());
        using var answer = await App.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            Assert.Equal("job", item.EventType);
            Leaks.AssertNone(Leaks.Find(item.Data));
            yield return (int.Parse(item.EventId!), JsonNode.Parse(item.Data)!.AsObject());
        }
    }
}
