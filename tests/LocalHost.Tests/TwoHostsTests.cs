using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.TestKit;

namespace Darkroom.LocalHost.Tests;

/// <summary>Two hosts on one storage share the work. When one is killed, the other does the rest.</summary>
public sealed class TwoHostsTests(ITestOutputHelper output)
{
    private const int Instances = 20;

    [Fact]
    public async Task TwoHosts_OneKilled_TheOtherFinishesEverything()
    {
        var storage = (await Azurite.StartAnotherAsync()).ConnectionString;
        using var first = await LocalHostProcess.StartAsync(TinyHost.App, TinyHost.Settings(storage), "--instance", "first");
        using var second = await LocalHostProcess.StartAsync(TinyHost.App, TinyHost.Settings(storage), "--instance", "second");
        using var toFirst = new HttpClient { BaseAddress = await first.Ready };
        using var toSecond = new HttpClient { BaseAddress = await second.Ready };
        for (var number = 0; number < Instances; number++)
            (await toFirst.PostAsync($"runtime/webhooks/durabletask/orchestrators/Work/work-{number}", content: null)).Dispose();
        await Until.TrueAsync(async () => await CompletedAsync(toSecond) > 0, () => "No instance is completed.");
        var done = await CompletedAsync(toSecond);

        first.KillHost();

        await Until.TrueAsync(async () => await CompletedAsync(toSecond) == Instances, () => "Not all instances are completed.");
        output.WriteLine($"{done} of {Instances} were completed when the first host was killed.");
        var work = await toSecond.GetFromJsonAsync<JsonArray>("runtime/webhooks/durabletask/instances");
        Assert.All(work!, one => Assert.Equal(45, one!["output"]!.GetValue<int>()));
    }

    private static async Task<int> CompletedAsync(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonArray>("runtime/webhooks/durabletask/instances?runtimeStatus=Completed"))!.Count;
}
