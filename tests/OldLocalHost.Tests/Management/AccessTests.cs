using System.Net;
using System.Text.Json.Nodes;
using Darkroom.LocalHost.Tests.Hosting;
using Microsoft.DurableTask.Client;

namespace Darkroom.LocalHost.Tests.Management;

public sealed class AccessTests : ManagementTest
{
    [Theory]
    [InlineData("", 401)]
    [InlineData("wrong", 401)]
    [InlineData("default", 401)]
    [InlineData("system", 200)]
    [InlineData("master", 200)]
    public async Task With_require_key_it_needs_the_system_key_or_the_master_key(string key, int status)
    {
        Client.Add("a", OrchestrationRuntimeStatus.Completed);
        await using var app = await StartAsync("--require-key");
        var response = await app.Http.GetAsync($"{Base}/instances/a?code={Keys(app)[key]?.GetValue<string>() ?? key}");
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 401)
            await IsBareAsync(HttpStatusCode.Unauthorized, response);
    }

    [Fact]
    public async Task The_addresses_carry_the_system_key_so_that_they_work()
    {
        await using var app = await StartAsync("--require-key");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Base}/orchestrators/Develop/a");
        request.Headers.Add("x-functions-key", Keys(app)["master"]!.GetValue<string>());
        var links = JsonNode.Parse(await (await app.Http.SendAsync(request)).Content.ReadAsStringAsync())!;
        Assert.EndsWith($"taskHub=My%20Hub&connection=Storage&code={Keys(app)["system"]}", links["statusQueryGetUri"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.GetAsync(links["statusQueryGetUri"]!.GetValue<string>())).StatusCode);
    }

    private static JsonObject Keys(RunningApp app) => JsonNode.Parse(File.ReadAllText(Path.Combine(app.StateDirectory, "keys.json")))!.AsObject();
}
