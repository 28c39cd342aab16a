using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.TestKit;

namespace Darkroom.Simulator.Tests.Endpoints;

public sealed class UpstreamTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private SimulatedModelScope _upstream = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await SimulatedModelScope.StartAsync(new SimulatorOptions { Time = _time });
        _http = new HttpClient { BaseAddress = _upstream.ApiUrl };
        _http.DefaultRequestHeaders.Add("Authorization", "Bearer x");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Look_WithOneSlot_ReportsPendingRunningAndSucceedAtTheMeasuredTimes()
    {
        var first = await SubmitAsync("1024x1024");
        var second = await SubmitAsync("1024x1024");
        Assert.Equal(("RUNNING", "PENDING"), (await StateAsync(first), await StateAsync(second)));
        _time.Advance(TimeSpan.FromSeconds(5.8));
        Assert.Equal(("SUCCEED", "RUNNING"), (await StateAsync(first), await StateAsync(second)));
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal("SUCCEED", await StateAsync(second));
        Assert.Equal(1.2, _upstream.Tasks.Find(second)!.Lag!.Value.TotalSeconds, 3);
        Assert.Equal(1, Counters.MaxTasksAtOnce(_upstream.Tasks.All));
    }

    [Fact]
    public async Task Finish_RunningAndWaitingTasks_EndsThemAndFreesTheSlots()
    {
        var (first, second) = (await SubmitAsync("1024x1024"), await SubmitAsync("1024x1024"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await _http.PostAsync("control/finish", null)).StatusCode);
        Assert.Equal(("SUCCEED", "SUCCEED"), (await StateAsync(first), await StateAsync(second)));
        Assert.All(_upstream.Tasks.All, task => Assert.Equal(TimeSpan.Zero, task.Duration));
        Assert.Equal("RUNNING", await StateAsync(await SubmitAsync("1024x1024")));
        Assert.Equal(1, Counters.MaxTasksAtOnce(_upstream.Tasks.All));
    }

    [Fact]
    public async Task Submit_WithSpeed_DividesTheRunTime()
    {
        _upstream.Settings = _upstream.Settings with { Speed = 10 };
        await SubmitAsync("1024x1024");
        Assert.Equal(0.58, _upstream.Tasks.All[0].Duration.TotalSeconds, 6);
    }

    [Theory]
    [InlineData("2000x2000", 1440, 1440)]
    [InlineData("30x30", 64, 64)]
    [InlineData("800x600", 800, 600)]
    public async Task Submit_AnySize_ClampsTheSides(string size, int width, int height)
    {
        var task = _upstream.Tasks.Find(await SubmitAsync(size))!;
        Assert.Equal((width, height), (task.Width, task.Height));
    }

    [Fact]
    public async Task Submit_WithLimitedCredits_ChargesThemAndRefundsAFailedTask()
    {
        _upstream.Settings = _upstream.Settings with { Credits = 1 };
        _upstream.Scenarios.Assign("failed-errors", prompt: "doomed");
        await SubmitAsync("64x64", "doomed");
        Assert.Equal(1, await BalanceAsync());
        await SubmitAsync("64x64");
        Assert.Equal(0, await BalanceAsync());
        Assert.Equal(HttpStatusCode.PaymentRequired, (await PostAsync("64x64", "cat")).StatusCode);
    }

    [Fact]
    public async Task Submit_QuotaUsedUp_IsRefusedWith429()
    {
        _upstream.Settings = _upstream.Settings with { Quota = 1 };
        await SubmitAsync("64x64");
        var refused = await PostAsync("64x64", "cat");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("today's quota", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_SlotsTakenAndThrottle_IsRefusedWith429()
    {
        _upstream.Settings = _upstream.Settings with { Overflow = Overflow.Throttle };
        await SubmitAsync("64x64");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync("64x64", "cat")).StatusCode);
        _time.Advance(TimeSpan.FromSeconds(2));
        await SubmitAsync("64x64");
    }

    [Fact]
    public async Task Picture_Link_IsOnThePictureHostAndExpires()
    {
        var id = await SubmitAsync("64x64");
        _time.Advance(TimeSpan.FromSeconds(2));
        var link = (await LookAsync(id))["output_images"]![0]!.GetValue<string>();
        Assert.NotEqual(_upstream.ApiUrl.Authority, new Uri(link).Authority);

        using var stranger = new HttpClient();
        Assert.Equal("image/png", (await stranger.GetAsync(link)).Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync(link + "x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri(_upstream.PictureUrl, "v1/tasks/1"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri(_upstream.ApiUrl, new Uri(link).PathAndQuery))).StatusCode);
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync(link)).StatusCode);
        Assert.Equal(0, _upstream.Counters.TokenOnPictureHost);
        await _http.GetAsync(link);
        Assert.Equal(1, _upstream.Counters.TokenOnPictureHost);
    }

    [Fact]
    public async Task Control_ScenariosSettingsCountersTasksAndReset_Work()
    {
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await _http.PostAsJsonAsync("control/scenarios", new { scenario = "busy", prompt = "dog", times = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync("64x64", "dog")).StatusCode);
        var id = await SubmitAsync("64x64", "dog");
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await _http.PutAsJsonAsync("control/settings", new { slots = 3, overflow = "throttle" })).StatusCode);
        Assert.Equal(3, _upstream.Settings.Slots);

        var counters = (await _http.GetFromJsonAsync<JsonObject>("control/counters"))!;
        Assert.Equal(2, counters["submits"]!.GetValue<int>());
        Assert.Equal(1, counters["accepted"]!.GetValue<int>());
        Assert.Equal(2, counters["promptsPostedTwice"]!["dog"]!.GetValue<int>());
        Assert.Equal("dog", (await _http.GetFromJsonAsync<JsonObject>($"control/tasks/{id}"))!["prompt"]!.GetValue<string>());
        Assert.Contains("\"busy\"", await _http.GetStringAsync("control/scenarios"), StringComparison.Ordinal);

        await _http.PostAsync("control/reset", null);
        Assert.Empty(_upstream.Tasks.All);
        Assert.Equal(0, _upstream.Counters.Submits);
        Assert.Empty(_upstream.Scenarios.Assigned);
    }

    [Theory]
    [InlineData("""{"scenario":"nonsense"}""")]
    [InlineData("""{"scenario":"busy","prmpt":"x"}""")]
    [InlineData("not json")]
    public async Task Control_InvalidScenario_IsRefusedWith400(string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.PostAsync("control/scenarios", content)).StatusCode);
    }

    [Fact]
    public async Task Submit_TenThousandTasks_RunInTheSlots()
    {
        _upstream.Settings = _upstream.Settings with { Slots = 100 };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 10_000),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, _) => await SubmitAsync("64x64", $"cat {number}"));
        Assert.Equal(10_000, _upstream.Tasks.All.Count);
        Assert.Equal(100, Counters.MaxTasksAtOnce(_upstream.Tasks.All));
        _time.Advance(TimeSpan.FromSeconds(101));
        Assert.All(_upstream.Tasks.All, task => Assert.True(task.EndsAt <= _time.GetUtcNow()));
        Assert.Equal("SUCCEED", await StateAsync(_upstream.Tasks.All[^1].Id));
        Assert.Equal(10_000, _upstream.Counters.PostsByPrompt.Count);
    }

    private async Task<string> SubmitAsync(string size, string prompt = "cat")
    {
        var response = await PostAsync(size, prompt);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["task_id"]!.GetValue<string>();
    }

    private async Task<HttpResponseMessage> PostAsync(string size, string prompt)
    {
        using var post = new HttpRequestMessage(
            HttpMethod.Post, "v1/images/generations")
        { Content = JsonContent.Create(new { model = "a/b", prompt, size }) };
        post.Headers.Add("X-ModelScope-Async-Mode", "true");
        return await _http.SendAsync(post);
    }

    private async Task<JsonObject> LookAsync(string id)
    {
        using var look = new HttpRequestMessage(HttpMethod.Get, $"v1/tasks/{id}");
        look.Headers.Add("X-ModelScope-Task-Type", "image_generation");
        return (await (await _http.SendAsync(look)).Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task<string> StateAsync(string id) => (await LookAsync(id))["task_status"]!.GetValue<string>();

    private async Task<decimal> BalanceAsync() =>
        (await _http.GetFromJsonAsync<JsonObject>("openapi/v1/magicubes/balance"))!["data"]!["available_balance"]!.GetValue<decimal>();
}
