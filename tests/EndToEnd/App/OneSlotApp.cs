using System.Net;
using System.Text.Json.Nodes;
using Darkroom.Simulator;

namespace Darkroom.EndToEnd;

/// <summary>The app for tests that need exclusive use of the gate. It has one slot, and its tests run one after the other.</summary>
public sealed class OneSlotApp : TestApp
{
    public const string Name = "quiet";
    public const string AnotherName = "quiet too";

    // The app only connects to this machine, so it must ignore this proxy, which is unreachable.
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Darkroom__Slots"] = "1",
        ["Darkroom__MaxQueued"] = "40",
        ["http_proxy"] = "http://127.0.0.1:1",
        ["https_proxy"] = "http://127.0.0.1:1",
    };

    /// <summary>Sets how long new tasks take.</summary>
    public void Takes(double seconds) => Upstream.Settings = new SimulatorSettings { Seconds = seconds, Speed = 1 };

    /// <summary>Makes new tasks run until <see cref="Finish"/> or <see cref="IsInstant"/> is called.</summary>
    public void Holds() => Takes(3600);

    /// <summary>Starts a job that holds the slot until its task is finished.</summary>
    public async Task<JsonObject> HeldJobAsync()
    {
        Holds();
        var job = await PostAsync(new { prompt = NewPrompt("held"), size = "64x64" });
        await UntilAsync(job, now => StatusOf(now) == "generating");
        return job;
    }

    /// <summary>Finishes all running tasks upstream.</summary>
    public void Finish() => Upstream.Tasks.FinishAll();

    /// <summary>Terminates and purges the gate. The next job starts a new one.</summary>
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

    /// <summary>Makes new tasks end at once, and finishes the running ones.</summary>
    public void IsInstant()
    {
        Upstream.Settings = UpstreamSettings;
        Finish();
    }

    /// <summary>Reads the state of the gate.</summary>
    public async Task<JsonObject> GateAsync()
    {
        using var answer = await Http.GetAsync("api/gate");
        return await ReadAsync(answer, HttpStatusCode.OK);
    }

    /// <summary>Finishes what earlier tests left behind, and waits until no job runs and the gate is empty.</summary>
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

    // The list of jobs is checked too, because a job that was just started may not have reached the gate yet.
    private async Task<bool> IsAnythingUnderWayAsync()
    {
        using var answer = await Http.GetAsync("api/images?top=100");
        var jobs = (await ReadAsync(answer, HttpStatusCode.OK))["items"]!.AsArray();
        return jobs.Any(job => StatusOf(job!.AsObject()) is "queued" or "submitting" or "generating" or "saving" or "waitingForCredits");
    }

    /// <summary>Waits until a condition on the gate is true, for at most two minutes.</summary>
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

    /// <summary>The number of waiting jobs in both lanes.</summary>
    public static int Waiting(JsonObject gate) =>
        gate["waiting"]!["interactive"]!.GetValue<int>() + gate["waiting"]!["bulk"]!.GetValue<int>();
}

[CollectionDefinition(OneSlotApp.Name)]
public sealed class OneSlotAppUsers : ICollectionFixture<OneSlotApp>;

/// <summary>A second collection with its own app, so that these tests run in two parallel groups.</summary>
[CollectionDefinition(OneSlotApp.AnotherName)]
public sealed class AnotherOneSlotAppUsers : ICollectionFixture<OneSlotApp>;

/// <summary>The base class of tests that need exclusive use of the gate.</summary>
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
