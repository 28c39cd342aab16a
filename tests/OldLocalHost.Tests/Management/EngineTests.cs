using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Darkroom.LocalHost.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Management;

/// <summary>The management API with the engine behind it.</summary>
public sealed class EngineTests : IAsyncLifetime
{
    private const string Base = "runtime/webhooks/durabletask";
    private RunningApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await RunningApp.StartAsync(new AppSettings(typeof(Stories)));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_start_is_watched_to_its_end_by_its_own_address()
    {
        var started = await PostAsync("orchestrators/Greet/a", "\"world\"");
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var status = await EndAsync(started.Headers.Location!.AbsoluteUri);
        Assert.Equal(["Greet", "a", "Completed", "world", "Hello, world!"], ((string[])["name", "instanceId", "runtimeStatus", "input", "output"]).Select(member => status[member]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_start_that_waits_is_answered_with_the_output()
    {
        var response = await PostAsync("orchestrators/Greet?timeout=30&pollingInterval=1", "\"you\"");
        Assert.Equal((HttpStatusCode.OK, "\"Hello, you!\""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_function_may_start_one_too()
    {
        Assert.Equal("b", await _app.Http.GetStringAsync("api/begin/b"));
        Assert.Equal("Completed", (await EndAsync($"{Base}/instances/b"))["runtimeStatus"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_history_tells_the_story()
    {
        await PostAsync("orchestrators/Greet/a?timeout=30&pollingInterval=1", "\"world\"");
        var events = (await JsonAsync($"{Base}/instances/a?showHistory=true&showHistoryOutput=true"))["historyEvents"]!.AsArray();
        Assert.Equal(["ExecutionStarted", "TaskCompleted", "ExecutionCompleted"], events.Select(happened => happened!["EventType"]!.GetValue<string>()));
        Assert.Equal(("Say", "[\"world\"]", "Hello, world!"), (events[1]!["FunctionName"]!.GetValue<string>(), events[1]!["Input"]!.GetValue<string>(), events[1]!["Result"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Events_suspension_and_termination_reach_the_instance()
    {
        await PostAsync("orchestrators/Wait/w");
        await StatusAsync("w", "Running");
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("instances/w/suspend?reason=tea")).StatusCode);
        await StatusAsync("w", "Suspended");
        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync("instances/w/suspend")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("instances/w/raiseEvent/GO", "{\"n\":1}")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("instances/w/resume")).StatusCode);
        Assert.Equal("{\"n\":1}", (await EndAsync($"{Base}/instances/w"))["output"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.Gone, (await PostAsync("instances/w/raiseEvent/GO", "1")).StatusCode);

        await PostAsync("orchestrators/Wait/t");
        await StatusAsync("t", "Running");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await _app.Http.DeleteAsync($"{Base}/instances/t")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("instances/t/terminate?reason=enough")).StatusCode);
        var ended = await EndAsync($"{Base}/instances/t");
        Assert.Equal(("Terminated", "enough"), (ended["runtimeStatus"]!.GetValue<string>(), ended["output"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.OK, (await _app.Http.DeleteAsync($"{Base}/instances/t")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Http.GetAsync($"{Base}/instances/t")).StatusCode);
    }

    [Fact]
    public async Task Many_are_listed_page_by_page_and_purged_together()
    {
        for (var i = 0; i < 5; i++)
            await PostAsync($"orchestrators/Greet/p{i}?timeout=30&pollingInterval=1", "\"x\"");
        var seen = new List<string>();
        string? token = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Base}/instances?instanceIdPrefix=p&top=2&runtimeStatus=Completed");
            if (token is not null)
                request.Headers.Add("x-ms-continuation-token", token);
            var response = await _app.Http.SendAsync(request);
            seen.AddRange(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray().Select(instance => instance!["instanceId"]!.GetValue<string>()));
            token = Assert.Single(response.Headers.GetValues("x-ms-continuation-token"));
        }
        while (token.Length > 0);

        Assert.Equal(["p0", "p1", "p2", "p3", "p4"], seen);
        var purged = await _app.Http.DeleteAsync($"{Base}/instances?createdTimeFrom=2020-01-01");
        Assert.Equal("""{"instancesDeleted":5}""", await purged.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Http.DeleteAsync($"{Base}/instances?createdTimeFrom=2020-01-01")).StatusCode);
    }

    [Theory]
    [InlineData("orchestrators/Greet/a%2Fb", "none of / \\ # ?")]
    [InlineData("orchestrators/Greet/a%5Cb", "none of / \\ # ?")]
    [InlineData("orchestrators/Greet/%40me", "begins with @")]
    [InlineData("orchestrators/Nobody/a", "The function 'Nobody' doesn't exist")]
    public async Task What_cannot_be_started_is_400_with_the_reason_and_starts_nothing(string path, string reason)
    {
        var response = await PostAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await JsonAsync($"{Base}/instances")).AsArray());
    }

    [Fact]
    public async Task An_id_in_use_is_409()
    {
        await PostAsync("orchestrators/Wait/w");
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("orchestrators/Wait/w")).StatusCode);
    }

    [Theory]
    [InlineData("CallNobody", "The function 'Nobody' doesn't exist, is disabled, or is not an activity function.")]
    [InlineData("CallWrongly", "Cannot convert input parameter 'number' to type 'System.Int32'")]
    public async Task An_activity_that_cannot_run_fails_its_instance_which_can_still_be_asked(string name, string reason)
    {
        await PostAsync($"orchestrators/{name}/f");
        var status = await EndAsync($"{Base}/instances/f");
        Assert.Equal("Failed", status["runtimeStatus"]!.GetValue<string>());
        Assert.Contains(reason, status["output"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.InternalServerError, (await _app.Http.GetAsync($"{Base}/instances/f?returnInternalServerErrorOnFailure=true")).StatusCode);
    }

    [Fact]
    public async Task An_input_that_does_not_deserialize_fails_the_instance_which_can_still_be_asked()
    {
        await PostAsync("orchestrators/Count/c", "\"many\"");
        var status = await EndAsync($"{Base}/instances/c");
        Assert.Equal(("Failed", "many"), (status["runtimeStatus"]!.GetValue<string>(), status["input"]!.GetValue<string>()));
        Assert.Contains("System.Int32", status["output"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string? body = null)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _app.Http.PostAsync($"{Base}/{path}", content);
    }

    private async Task<JsonNode> JsonAsync(string path) => JsonNode.Parse(await (await _app.Http.GetAsync(path)).Content.ReadAsStringAsync())!;

    private async Task<JsonNode> EndAsync(string address)
    {
        HttpResponseMessage? response = null;
        await Eventually.IsTrueAsync(async () => (response = await _app.Http.GetAsync(address)).StatusCode != HttpStatusCode.Accepted);
        return JsonNode.Parse(await response!.Content.ReadAsStringAsync())!;
    }

    private Task StatusAsync(string id, string status) =>
        Eventually.IsTrueAsync(async () => (await JsonAsync($"{Base}/instances/{id}"))["runtimeStatus"]!.GetValue<string>() == status);

#pragma warning disable IDE0060 // a trigger is a parameter, used or not
    private sealed class Stories
    {
        [Function("Begin")]
        public static async Task<IResult> Begin([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "begin/{id}")] HttpRequest request, [DurableClient] DurableTaskClient client, string id) =>
            Results.Text(await client.ScheduleNewOrchestrationInstanceAsync("Greet", "b", new StartOrchestrationOptions(id)));

        [Function("Greet")]
        public static async Task<string> Greet([OrchestrationTrigger] TaskOrchestrationContext context) => await context.CallActivityAsync<string>("Say", context.GetInput<string>());

        [Function("Say")]
        public static string Say([ActivityTrigger] string name) => $"Hello, {name}!";

        [Function("Wait")]
        public static async Task<object> Wait([OrchestrationTrigger] TaskOrchestrationContext context) => await context.WaitForExternalEvent<object>("go");

        [Function("CallNobody")]
        public static Task CallNobody([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Nobody");

        [Function("CallWrongly")]
        public static Task CallWrongly([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Square", "x");

        [Function("Square")]
        public static int Square([ActivityTrigger] int number) => number * number;

        [Function("Count")]
        public static int Count([OrchestrationTrigger] TaskOrchestrationContext context, int number) => number;
    }
#pragma warning restore IDE0060
}
