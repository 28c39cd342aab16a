using System.Net;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Management;

public sealed class ListTests : ManagementTest
{
    [Fact]
    public async Task Nothing_is_an_empty_array_and_an_empty_token()
    {
        var response = await GetAsync("instances");
        await IsJsonAsync(HttpStatusCode.OK, "[]", response);
        Assert.Equal("", Assert.Single(response.Headers.GetValues("x-ms-continuation-token")));
        Assert.Equal(new OrchestrationQuery(FetchInputsAndOutputs: true), Assert.Single(Client.Queries));
    }

    [Fact]
    public async Task A_page_is_a_bare_array_of_statuses_and_the_token_of_the_next()
    {
        Client.Add("a", OrchestrationRuntimeStatus.Running, input: "1");
        Client.Add("b", OrchestrationRuntimeStatus.Completed, input: "2", output: "3");
        Client.NextToken = "further";
        var response = await GetAsync("instances?showInput=false");
        Assert.Equal("further", Assert.Single(response.Headers.GetValues("x-ms-continuation-token")));
        var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray();
        Assert.Equal(["a", "b"], page.Select(instance => instance!["instanceId"]!.GetValue<string>()));
        Assert.All(page, instance => Assert.Null(instance!["input"]));
        Assert.All(page, instance => Assert.False(instance!.AsObject().ContainsKey("historyEvents")));
    }

    [Fact]
    public async Task The_filter_is_read_from_the_query_and_the_token_from_the_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Base}/instances?instanceIdPrefix=job-&createdTimeFrom=2026-11-01T00:00:00Z&createdTimeTo=2026-11-21&runtimeStatus=Running,Failed&runtimeStatus=Nonsense&runtimeStatus=7&runtimeStatus=completed&top=5");
        request.Headers.Add("x-ms-continuation-token", "here");
        await App.Http.SendAsync(request);
        var query = Assert.Single(Client.Queries)!;
        Assert.Equal(("job-", 5, "here", true), (query.InstanceIdPrefix, query.PageSize, query.ContinuationToken, query.FetchInputsAndOutputs));
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), query.CreatedFrom);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), query.CreatedTo);
        Assert.Equal([OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Suspended], query.Statuses);
    }

    [Theory]
    [InlineData("runtimeStatus=running")]
    [InlineData("runtimeStatus=")]
    [InlineData("createdTimeFrom=yesterday&createdTimeTo=&top=many")]
    [InlineData("top=0")]
    public async Task What_cannot_be_read_counts_as_absent(string query)
    {
        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"instances?{query}")).StatusCode);
        Assert.Equal(new OrchestrationQuery(FetchInputsAndOutputs: true), Assert.Single(Client.Queries));
    }
}
