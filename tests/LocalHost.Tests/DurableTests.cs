using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.TestKit;

namespace Darkroom.LocalHost.Tests;

/// <summary>Durable orchestrations and entities, through the management API.</summary>
public sealed class DurableTests(TinyHost tiny) : IClassFixture<TinyHost>
{
    [Fact]
    public async Task Orchestration_WithActivitiesSubOrchestrationEntityTimerAndEvent_Completes()
    {
        var links = await StartAsync("Tour");
        await UntilAsync(links, status => status["customStatus"]?.GetValue<string>() == "waits");
        using var raised = await tiny.Http.PostAsJsonAsync(
            Link(links, "sendEventPostUri").Replace("{eventName}", "last", StringComparison.Ordinal), "Rio");
        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);

        var end = await UntilAsync(links, status => status["runtimeStatus"]!.GetValue<string>() is not ("Running" or "Pending"));
        Assert.Equal("Completed", end["runtimeStatus"]!.GetValue<string>());
        Assert.Equal(
            ["Hello Tokyo!", "Hello Seattle!", "Hello London!", "Hello Lima!", "Rio", "5"],
            end["output"]!.AsArray().Select(city => city!.GetValue<string>()));
        var count = "";
        await Until.TrueAsync(
            async () => (count = await tiny.Http.GetStringAsync($"api/count/{links["id"]}")) == "5",
            () => $"The entity has counted to \"{count}\".");
    }

    [Fact]
    public async Task Instance_TerminatedAndPurged_IsNotFound()
    {
        var links = await StartAsync("Tour");
        await UntilAsync(links, status => status["customStatus"]?.GetValue<string>() == "waits");
        using var terminated = await tiny.Http.PostAsync(
            Link(links, "terminatePostUri").Replace("{text}", "enough", StringComparison.Ordinal), content: null);
        Assert.Equal(HttpStatusCode.Accepted, terminated.StatusCode);
        await UntilAsync(links, status => status["runtimeStatus"]!.GetValue<string>() == "Terminated");
        using var purged = await tiny.Http.DeleteAsync(Link(links, "purgeHistoryDeleteUri"));
        Assert.Equal(HttpStatusCode.OK, purged.StatusCode);
        using var gone = await tiny.Http.GetAsync(Link(links, "statusQueryGetUri"));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private async Task<JsonObject> StartAsync(string name)
    {
        using var answer = await tiny.Http.PostAsync($"runtime/webhooks/durabletask/orchestrators/{name}", content: null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task<JsonObject> UntilAsync(JsonObject links, Func<JsonObject, bool> isSo)
    {
        JsonObject status = [];
        await Until.TrueAsync(
            async () => isSo(status = (await tiny.Http.GetFromJsonAsync<JsonObject>(Link(links, "statusQueryGetUri")))!),
            () => $"The instance did not reach the expected state: {status.ToJsonString()}");
        return status;
    }

    private static string Link(JsonObject links, string name) => links[name]!.GetValue<string>();
}
