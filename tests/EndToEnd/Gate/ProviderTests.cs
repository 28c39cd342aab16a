using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>Models that a provider bills (<c>Owner/Name:Provider</c>).</summary>
[Collection(OneSlotApp.Name)]
public sealed class ProviderTests(OneSlotApp app) : OneSlotTest(app)
{
    private const string Model = "Qwen/Qwen-Image:Bailian";

    [Fact]
    public async Task Post_ModelOfAProviderWhileOthersWaitForCredits_Succeeds()
    {
        App.Upstream.Settings = App.Upstream.Settings with { Speed = 0, Seconds = null, Credits = 0 };
        var patient = await App.PostAsync(new { prompt = TestApp.NewPrompt("patient"), size = "64x64" });
        var waiting = await App.UntilAsync(patient, IsWaitingForCredits);
        var reason = waiting["waiting"]!["reason"]!.GetValue<string>();
        Assert.Contains("modelscope.cn", reason, StringComparison.Ordinal);
        Assert.Contains("by itself", reason, StringComparison.Ordinal);

        var prompt = TestApp.NewPrompt("billed elsewhere");
        var job = await App.EndOfAsync(
            await App.PostAsync(new { prompt, model = Model, size = "64x64", onCreditsExhausted = "fail" }));
        Assert.Equal("succeeded", TestApp.StatusOf(job));
        Assert.Equal(Model, App.Upstream.Tasks.All.Single(task => task.Body.Prompt == prompt).Body.Model);
        Assert.True(IsWaitingForCredits(await App.GetAsync(TestApp.IdOf(patient))));
        App.Upstream.Settings = App.Upstream.Settings with { Credits = 100 };
        Assert.Equal("succeeded", TestApp.StatusOf(await App.EndOfAsync(patient)));
    }

    [Theory]
    [InlineData("no-credits")]
    [InlineData("quota")]
    public async Task Post_ProviderRefusesForLackOfBalance_FailsAndPausesNobody(string scenario)
    {
        var prompt = TestApp.NewPrompt("no balance");
        App.Upstream.Scenarios.Assign(scenario, prompt);
        var job = await App.EndOfAsync(await App.PostAsync(new { prompt, model = Model, size = "64x64" }));
        Assert.Equal("/docs/errors#credits-exhausted", job["error"]!["type"]!.GetValue<string>());
        Assert.Contains("provider", job["error"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, App.PostsOf(prompt));
        Assert.Null((await App.GateAsync())["coolDown"]);
    }

    private static bool IsWaitingForCredits(JsonObject job) => TestApp.StatusOf(job) == "waitingForCredits";
}
