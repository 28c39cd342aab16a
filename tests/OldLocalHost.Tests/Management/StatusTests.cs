using System.Net;
using System.Text.Json.Nodes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Management;

public sealed class StatusTests : ManagementTest
{
    [Fact]
    public Task An_unknown_instance_is_a_bare_404() => IsAsync(HttpStatusCode.NotFound, "instances/nobody");

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    public async Task One_that_is_not_over_is_202_with_its_own_address_and_five_seconds(OrchestrationRuntimeStatus status)
    {
        Client.Add("a b", status, input: """{"Prompt": "Katze \u00fc"}""", customStatus: """{"stage":"submitting"}""");
        var response = await GetAsync("instances/a%20b?taskHub=My%20Hub&connection=Storage&code=x");
        Assert.Equal("5", Assert.Single(response.Headers.GetValues("Retry-After")));
        Assert.Equal($"{App.Url}{Base}/instances/a%20b?taskHub=My%20Hub&connection=Storage&code=x", response.Headers.Location!.AbsoluteUri);
        await IsJsonAsync(
            HttpStatusCode.Accepted,
            $$$"""{"name":"Develop","instanceId":"a b","runtimeStatus":"{{{status}}}","input":{"Prompt":"Katze ü"},"customStatus":{"stage":"submitting"},"output":null,"createdTime":"2026-11-21T10:00:00Z","lastUpdatedTime":"2026-11-21T10:00:05Z"}""",
            response);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed, "instances/a", 200)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, "instances/a", 200)]
    [InlineData(OrchestrationRuntimeStatus.Completed, "instances/a?returnInternalServerErrorOnFailure=true", 200)]
    [InlineData(OrchestrationRuntimeStatus.Failed, "instances/a", 200)]
    [InlineData(OrchestrationRuntimeStatus.Failed, "instances/a?returnInternalServerErrorOnFailure=nonsense", 200)]
    [InlineData(OrchestrationRuntimeStatus.Failed, "instances/a?RETURNInternalServerErrorOnFailure=True", 500)]
    public async Task One_that_is_over_has_no_address_to_ask_again(OrchestrationRuntimeStatus status, string path, int expected)
    {
        Client.Add("a", status, output: "[1,2]", failure: status == OrchestrationRuntimeStatus.Failed ? new TaskFailureDetails("Some.Error", "It broke", "at", null, null) : null);
        var response = await GetAsync(path);
        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Null(response.Headers.RetryAfter);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(status == OrchestrationRuntimeStatus.Failed ? "\"Some.Error: It broke\"" : "[1,2]", body["output"]!.ToJsonString());
    }

    [Theory]
    [InlineData(null, "null")]
    [InlineData("", "\"\"")]
    [InlineData("  ", "\"\"")]
    [InlineData("null", "null")]
    [InlineData("{ \"A\" : [ 1.50, true ] }", "{\"A\":[1.50,true]}")]
    [InlineData("\"2026-11-21T10:00:00+01:00\"", "\"2026-11-21T10:00:00+01:00\"")]
    [InlineData("it was me", "\"it was me\"")]
    [InlineData("{half", "\"{half\"")]
    [InlineData("\"<a href='x'>&é</a>\"", "\"<a href='x'>&é</a>\"")]
    public async Task What_is_stored_is_shown_as_the_json_that_it_is_or_as_text(string? stored, string shown)
    {
        Client.Add("a", OrchestrationRuntimeStatus.Completed, input: stored, output: stored, customStatus: stored);
        var body = await (await GetAsync("instances/a")).Content.ReadAsStringAsync();
        Assert.Contains($"\"input\":{shown},\"customStatus\":{shown},\"output\":{shown},\"createdTime\"", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("showInput=false", "null")]
    [InlineData("SHOWINPUT=False", "null")]
    [InlineData("showInput=0", "1")]
    [InlineData("", "1")]
    public async Task The_input_is_shown_unless_it_is_not_wanted(string query, string shown)
    {
        Client.Add("a", OrchestrationRuntimeStatus.Completed, input: "1");
        Assert.Contains($"\"input\":{shown},", await (await GetAsync($"instances/a?{query}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "instances/a/terminate")]
    [InlineData("PUT", "instances/a")]
    [InlineData("POST", "instances/a")]
    [InlineData("POST", "instances")]
    [InlineData("POST", "instances/a/explode")]
    [InlineData("GET", "orchestrators/Develop")]
    [InlineData("GET", "instances/a/raiseEvent/b")]
    [InlineData("GET", "entities/counter/a")]
    [InlineData("GET", "")]
    public async Task A_verb_that_is_not_foreseen_is_a_bare_404(string verb, string path)
    {
        Client.Add("a", OrchestrationRuntimeStatus.Running);
        using var request = new HttpRequestMessage(new HttpMethod(verb), $"{Base}/{path}");
        await IsBareAsync(HttpStatusCode.NotFound, await App.Http.SendAsync(request));
    }

    [Fact]
    public async Task The_route_prefix_of_the_app_does_not_apply()
    {
        Client.Add("a", OrchestrationRuntimeStatus.Completed);
        Assert.Equal(HttpStatusCode.NotFound, (await App.Http.GetAsync($"prefixed/{Base}/instances/a")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("Instances/a")).StatusCode);
    }

    private async Task IsAsync(HttpStatusCode status, string path) => await IsBareAsync(status, await GetAsync(path));
}
