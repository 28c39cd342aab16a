using System.Net;

namespace Darkroom.EndToEnd;

[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class WaitingTests(OneSlotApp app) : OneSlotTest(app)
{
    [Fact]
    public async Task Post_NewJob_Is202WithLocationAndRetryAfter()
    {
        App.Holds();
        using var answer = await App.SendAsync(HttpMethod.Post, "api/images", new { prompt = TestApp.NewPrompt("new"), size = "64x64" });
        var job = await App.ReadAsync(answer, HttpStatusCode.Accepted);
        Assert.Equal($"/api/images/{TestApp.IdOf(job)}", answer.Headers.Location!.OriginalString);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var look = await App.Http.GetAsync($"api/images/{TestApp.IdOf(job)}");
        Assert.Equal(HttpStatusCode.Accepted, look.StatusCode);
        Assert.NotNull(look.Headers.Location);
        Assert.NotNull(look.Headers.RetryAfter);
        App.IsInstant();
        await App.EndOfAsync(job);
        using var end = await App.Http.GetAsync($"api/images/{TestApp.IdOf(job)}");
        Assert.Equal(HttpStatusCode.OK, end.StatusCode);
        Assert.Null(end.Headers.Location);
        Assert.Null(end.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("wait=30", HttpStatusCode.OK, "wait=30")]
    [InlineData("respond-async, wait=500", HttpStatusCode.OK, "wait=100")]
    [InlineData("wait=0", HttpStatusCode.Accepted, "wait=0")]
    [InlineData("wait=long", HttpStatusCode.Accepted, null)]
    public async Task Post_PreferWait_ReturnsTheEndedJob(string prefer, HttpStatusCode status, string? applied)
    {
        App.Takes(0.5);
        using var answer = await App.SendAsync(
            HttpMethod.Post, "api/images", new { prompt = TestApp.NewPrompt("prefer"), size = "64x64" }, prefer: prefer);
        var job = await App.ReadAsync(answer, status);
        Assert.Equal(applied, answer.Headers.TryGetValues("Preference-Applied", out var values) ? values.Single() : null);
        await App.EndOfAsync(job);
    }

    [Theory]
    [InlineData("?wait=long", "wait")]
    [InlineData("?wait=-1", "wait")]
    [InlineData("?until=never", "until")]
    public async Task Get_InvalidWait_Is400(string query, string field)
    {
        App.IsInstant();
        var job = await App.PostAsync(new { prompt = TestApp.NewPrompt("bad wait"), size = "64x64" });
        using var answer = await App.Http.GetAsync($"api/images/{TestApp.IdOf(job)}{query}");
        Assert.Equal(field, (await App.ReadAsync(answer, HttpStatusCode.BadRequest))["errors"]!.AsObject().Single().Key);
    }

    [Fact]
    public async Task Get_WaitUntilChange_ReturnsWhenTheQueueMoves()
    {
        var first = await App.HeldJobAsync();
        var second = await App.PostAsync(new { prompt = TestApp.NewPrompt("second"), size = "64x64" });
        var third = await App.PostAsync(new { prompt = TestApp.NewPrompt("third"), size = "64x64" });
        var waiting = await App.UntilAsync(third, job => job["progress"]!["queuePosition"]?.GetValue<int>() == 2);
        Assert.Equal("queued", TestApp.StatusOf(waiting));
        var change = App.GetAsync(TestApp.IdOf(third), "?wait=30&until=change");
        App.Finish();
        var moved = await change;
        Assert.Equal(1, moved["progress"]!["queuePosition"]!.GetValue<int>());
        App.IsInstant();
        foreach (var job in new[] { first, second, third })
            Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(job)));
    }

    [Fact]
    public async Task Job_ExpiredInTheQueue_IsNeverSubmitted()
    {
        var ahead = await App.HeldJobAsync();
        var prompt = TestApp.NewPrompt("impatient");
        var job = await App.EndOfAsync(await App.PostAsync(new { prompt, size = "64x64", expiresInSeconds = 1 }));
        Assert.Equal("expired", TestApp.StatusOf(job));
        Assert.Contains("nothing was submitted", job["error"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, App.PostsOf(prompt));
        App.Finish();
        Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(ahead)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task Post_QueueFull_Is429AndLeavesNoJob(int atOnce)
    {
        var jobs = new List<string> { TestApp.IdOf(await App.HeldJobAsync()) };
        var refused = 0;
        while (refused == 0)
        {
            var answers = await Task.WhenAll(
                Enumerable.Range(0, atOnce).Select(
                    _ =>
                        App.SendAsync(
                            HttpMethod.Post,
                            "api/images",
                            new { prompt = TestApp.NewPrompt("many"), size = "64x64" },
                            key: $"many-{Guid.NewGuid()}")));
            foreach (var answer in answers)
            {
                if (answer.StatusCode == HttpStatusCode.Accepted)
                {
                    jobs.Add(TestApp.IdOf(await App.ReadAsync(answer, HttpStatusCode.Accepted)));
                }
                else
                {
                    var problem = await App.ReadAsync(answer, HttpStatusCode.TooManyRequests);
                    Assert.Equal("/docs/errors#too-many-queued", problem["type"]!.GetValue<string>());
                    Assert.True(problem["retryable"]!.GetValue<bool>());
                    Assert.NotNull(answer.Headers.RetryAfter);
                    refused++;
                }

                answer.Dispose();
            }
        }

        // 40 jobs wait, and the first one holds the slot.
        Assert.Equal(41, jobs.Count);
        await App.UntilGateAsync(gate => OneSlotApp.Waiting(gate) == jobs.Count - 1);
        foreach (var id in jobs)
            await App.Http.DeleteAsync($"api/images/{id}");
        App.IsInstant();
        foreach (var id in jobs)
            Assert.Equal("canceled", TestApp.StatusOf(await App.GetAsync(id, "?wait=60")));
    }
}
