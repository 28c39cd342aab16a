using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Darkroom.LocalHost.Tests.Hosting;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Management;

public sealed class StartEndpointTests : ManagementTest
{
    [Fact]
    public async Task A_start_is_answered_with_where_to_watch_and_steer()
    {
        var response = await PostAsync("orchestrators/Develop/a%20b%C3%BC", """{"Prompt": "cat"}""");
        var instance = $"{App.Url}{Base}/instances/a%20b%C3%BC";
        const string Query = "taskHub=My%20Hub&connection=Storage";
        Assert.Equal("10", Assert.Single(response.Headers.GetValues("Retry-After")));
        Assert.Equal($"{instance}?{Query}", response.Headers.Location!.AbsoluteUri);
        await IsJsonAsync(
            HttpStatusCode.Accepted,
            "{\"id\":\"a bü\","
            + $"\"statusQueryGetUri\":\"{instance}?{Query}\","
            + $"\"sendEventPostUri\":\"{instance}/raiseEvent/{{eventName}}?{Query}\","
            + $"\"terminatePostUri\":\"{instance}/terminate?reason={{text}}&{Query}\","
            + $"\"purgeHistoryDeleteUri\":\"{instance}?{Query}\","
            + $"\"restartPostUri\":\"{instance}/restart?{Query}\","
            + $"\"suspendPostUri\":\"{instance}/suspend?reason={{text}}&{Query}\","
            + $"\"resumePostUri\":\"{instance}/resume?reason={{text}}&{Query}\"}}",
            response);
        Assert.Equal(["""start Develop a bü {"Prompt":"cat"} v"""], Client.Calls);
    }

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData("", "nothing")]
    [InlineData("null", "null")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("5", "5")]
    public async Task The_body_is_the_input(string? body, string input)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("orchestrators/develop/a?version=2", body, "text/plain")).StatusCode);
        Assert.Equal([$"start develop a {input} v2"], Client.Calls);
    }

    [Fact]
    public async Task Without_an_id_there_is_a_new_one()
    {
        var body = JsonNode.Parse(await (await PostAsync("orchestrators/Develop")).Content.ReadAsStringAsync())!;
        Assert.Matches("^[0-9a-f]{32}$", body["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("cat")]
    [InlineData("{} {}")]
    [InlineData("\"\\ud800\"")]
    public async Task Bad_json_is_400_with_the_exception(string body)
    {
        var response = await PostAsync("orchestrators/Develop/a", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal(["Message", "ExceptionMessage", "ExceptionType", "StackTrace"], error.Select(member => member.Key));
        Assert.Equal("Invalid JSON content", error["Message"]!.GetValue<string>());
        Assert.Empty(Client.Calls);
    }

    [Fact]
    public async Task An_unknown_function_is_400_and_says_what_there_is()
    {
        var response = await PostAsync("orchestrators/Nobody/a");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var message = Message(await response.Content.ReadAsStringAsync());
        Assert.StartsWith("The function 'Nobody' doesn't exist, is disabled, or is not an orchestrator function.", message, StringComparison.Ordinal);
        Assert.Contains("'Develop', 'Print'", message, StringComparison.Ordinal);
        Assert.Empty(Client.Calls);
    }

    [Fact]
    public async Task An_id_that_is_refused_is_400_with_the_reason()
    {
        Client.Failure = new ArgumentOutOfRangeException(null, "No slash, please.");
        await IsJsonAsync(HttpStatusCode.BadRequest, """{"Message":"No slash, please."}""", await PostAsync("orchestrators/Develop/a%2Fb"));
        Assert.Equal(["start Develop a/b nothing v"], Client.Calls);
    }

    [Fact]
    public async Task An_id_in_use_is_409()
    {
        Client.Add("a", OrchestrationRuntimeStatus.Running);
        await IsJsonAsync(HttpStatusCode.Conflict, """{"Message":"An Orchestration instance with the ID a already exists."}""", await PostAsync("orchestrators/Develop/a"));
    }

    [Fact]
    public async Task Whatever_else_goes_wrong_is_500_with_the_exception()
    {
        Client.Failure = new TimeoutException("too slow");
        var response = await PostAsync("orchestrators/Develop/a");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("Something went wrong while processing your request", error["Message"]!.GetValue<string>());
        Assert.Equal(("too slow", "System.TimeoutException"), (error["ExceptionMessage"]!.GetValue<string>(), error["ExceptionType"]!.GetValue<string>()));
        Assert.Contains("POST /runtime/webhooks/durabletask/orchestrators/Develop/a failed.", App.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timeout=5")]
    [InlineData("pollingInterval=1")]
    [InlineData("timeout=soon&pollingInterval=1")]
    public async Task It_waits_only_when_both_times_are_given(string query)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync($"orchestrators/Develop/a?{query}")).StatusCode);
        Assert.Single(Client.Calls);
    }

    [Fact]
    public async Task Completed_in_time_it_is_the_output_alone()
    {
        Client.Completion = new TaskCompletionSource<OrchestrationMetadata>();
        Client.Completion.SetResult(new FakeDurableClient().Add("a", OrchestrationRuntimeStatus.Completed, output: """{"Pictures": 2}"""));
        await IsJsonAsync(HttpStatusCode.OK, """{"Pictures":2}""", await PostAsync("orchestrators/Develop/a?timeout=10&pollingInterval=0.5"));
        Assert.Equal("wait a True", Client.Calls[^1]);
    }

    [Fact]
    public async Task Failed_in_time_it_is_the_status()
    {
        Client.Completion = new TaskCompletionSource<OrchestrationMetadata>();
        Client.Completion.SetResult(new FakeDurableClient().Add("a", OrchestrationRuntimeStatus.Failed, failure: new TaskFailureDetails("E", "broken", null, null, null)));
        var response = await PostAsync("orchestrators/Develop/a?timeout=10&pollingInterval=0.5");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"output\":\"E: broken\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_time_is_over_it_is_the_addresses()
    {
        var answer = PostAsync("orchestrators/Develop/a?timeout=10&pollingInterval=1");
        await Eventually.IsTrue(() => Client.Calls.Contains("wait a True"));
        Assert.False(answer.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.Accepted, (await answer).StatusCode);
    }

    [Fact]
    public async Task A_pause_longer_than_the_whole_wait_is_400() =>
        await IsJsonAsync(HttpStatusCode.BadRequest, """{"Message":"Total timeout 1 should be bigger than retry timeout 2"}""", await PostAsync("orchestrators/Develop/a?timeout=1&pollingInterval=2"));

    [Fact]
    public async Task A_body_in_chunks_is_read_too()
    {
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("[1]")));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Base}/orchestrators/Develop/a") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        Assert.Equal(HttpStatusCode.Accepted, (await App.Http.SendAsync(request)).StatusCode);
        Assert.Equal(["start Develop a [1] v"], Client.Calls);
    }

    private static string Message(string body) => JsonNode.Parse(body)!["Message"]!.GetValue<string>();
}
