using System.Net;
using System.Text.Json.Nodes;
using Darkroom.Simulator;

namespace Darkroom.EndToEnd;

/// <summary>An app for tests that need the gate for themselves: one slot, and nobody else. Its tests run one after the other.</summary>
public sealed class OneSlotApp : TestApp
{
    public const string Name = "quiet";
    public const string AnotherName = "quiet too";

    // All that this app talks to is on this machine: a proxy that nobody can reach must not be asked.
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Darkroom__Slots"] = "1",
        ["Darkroom__MaxQueued"] = "40",
        ["http_proxy"] = "http://127.0.0.1:1",
        ["https_proxy"] = "http://127.0.0.1:1",
    };

    /// <summary>From now on tasks take so long.</summary>
    public void Takes(double seconds) => Upstream.Settings = new SimulatorSettings { Seconds = seconds, Speed = 1 };

    /// <summary>From now on tasks run until <see cref="Finish"/>, or until they are instant.</summary>
    public void Holds() => Takes(3600);

    /// <summary>A job that has the slot, and keeps it until its task is finished.</summary>
    public async Task<JsonObject> HeldJobAsync()
    {
        Holds();
        var job = await PostAsync(new { prompt = NewPrompt("held"), size = "64x64" });
        await UntilAsync(job, now => StatusOf(now) == "generating");
        return job;
    }

    /// <summary>Ends what runs upstream.</summary>
    public void Finish() => Upstream.Tasks.FinishAll();

    /// <summary>Ends the gate and forgets all it knew: the next job begins a new one.</summary>
    public async Task RenewGateAsync()
    {
        using var end = await SendAsync(HttpMethod.Post, "runtime/webhooks/durabletask/instances/upstream-gate/terminate?reason=test");
        HttpStatusCode purged;
        do
        {
            using var purge = await Http.DeleteAsync("runtime/webhooks/durabletask/instances/upstream-gate");
            purged = purge.StatusCode;
        }
        while (purged == HttpStatusCode.PreconditionFailed);
    }

    /// <summary>From now on tasks are instant; those that run are done.</summary>
    public void IsInstant()
    {
        Upstream.Settings = UpstreamSettings;
        Finish();
    }

    /// <summary>What the gate says of itself.</summary>
    public async Task<JsonObject> GateAsync()
    {
        using var answer = await Http.GetAsync("api/gate");
        return await ReadAsync(answer, HttpStatusCode.OK);
    }

    /// <summary>Ends what an earlier test left behind, so that a test has the gate for itself.</summary>
    public async Task ResetAsync()
    {
        Upstream.Scenarios.Clear();
        IsInstant();
        if ((await GateAsync())["coolDown"] is not null)
            await RenewGateAsync();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var look = 0; await IsAnythingUnderWayAsync(); look++)
        {
            Assert.True(look < 1200, "An earlier test left a job behind that does not end.");
            Finish();
            await pace.WaitForNextTickAsync();
        }

        await UntilGateAsync(gate => gate["inUse"]!.GetValue<int>() == 0 && Waiting(gate) == 0);
    }

    // The gate may not have heard yet of what was started a moment ago.
    private async Task<bool> IsAnythingUnderWayAsync()
    {
        using var answer = await Http.GetAsync("api/images?top=100");
        var jobs = (await ReadAsync(answer, HttpStatusCode.OK))["items"]!.AsArray();
        return jobs.Any(job => StatusOf(job!.AsObject()) is "queued" or "submitting" or "generating" or "saving" or "waitingForCredits");
    }

    /// <summary>Waits until something is true of the gate, for two minutes at most.</summary>
    public async Task UntilGateAsync(Func<JsonObject, bool> isSo)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        JsonObject gate;
        var looks = 0;
        do
        {
            await pace.WaitForNextTickAsync();
            gate = await GateAsync();
            Assert.True(looks++ < 1200, $"The gate did not come to it: {gate.ToJsonString()}");
        }
        while (!isSo(gate));
    }

    /// <summary>How many wait, in both lanes.</summary>
    public static int Waiting(JsonObject gate) =>
        gate["waiting"]!["interactive"]!.GetValue<int>() + gate["waiting"]!["bulk"]!.GetValue<int>();
}

[CollectionDefinition(OneSlotApp.Name)]
public sealed class OneSlotAppUsers : ICollectionFixture<OneSlotApp>;

/// <summary>A second one, so that not all of these tests wait for each other.</summary>
[CollectionDefinition(OneSlotApp.AnotherName)]
public sealed class AnotherOneSlotAppUsers : ICollectionFixture<OneSlotApp>;

/// <summary>A test that has the gate for itself.</summary>
[Collection(OneSlotApp.Name)]
public abstract class OneSlotTest(OneSlotApp app) : IAsyncLifetime
{
    protected OneSlotApp App => app;

    public async ValueTask InitializeAsync() => await app.ResetAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
