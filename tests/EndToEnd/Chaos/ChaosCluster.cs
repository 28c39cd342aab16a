using Darkroom.Simulator;
using Darkroom.TestKit;
using Darkroom.TestKit.Faults;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>The whole product: two hosts on one storage with faults, and a simulated upstream.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    public const int Slots = 6;

    private ChaosCluster(string direct, FaultyStorage storage, SimulatedModelScope upstream, ChaosReport report)
    {
        (Direct, Storage, Upstream) = (direct, storage, upstream);
        var settings = AppSettings.Of(storage.ConnectionString, upstream);
        settings["Darkroom__Slots"] = $"{Slots}";
        settings["Darkroom__SubmitTimeoutSeconds"] = "10";
        settings["Darkroom__ReadTimeoutSeconds"] = "10";
        // One partition for each host.
        settings["AzureFunctionsJobHost__extensions__durableTask__storageProvider__partitionCount"] = "2";
        Hosts = [new ChaosHost("one", settings, report), new ChaosHost("two", settings, report)];
    }

    /// <summary>The connection string of the storage without faults.</summary>
    public string Direct { get; }

    public FaultyStorage Storage { get; }

    public SimulatedModelScope Upstream { get; }

    public IReadOnlyList<ChaosHost> Hosts { get; }

    public static async Task<ChaosCluster> StartAsync(ChaosOptions options, ChaosReport report)
    {
        var upstream = await SimulatedModelScope.StartAsync(new SimulatorOptions
        {
            Token = Leaks.Token,
            Settings = new SimulatorSettings { Seconds = 1, Spread = 0.8, Slots = 64 },
        });
        var direct = (await Azurite.StartAnotherAsync()).ConnectionString;
        var storage = await FaultyStorage.InFrontOfAsync(direct, new StorageFaults(options.Seed));
        var cluster = new ChaosCluster(direct, storage, upstream, report);
        foreach (var host in cluster.Hosts)
            host.Start();
        await cluster.AllRunAsync();
        return cluster;
    }

    /// <summary>Waits until both hosts run.</summary>
    public Task AllRunAsync(CancellationToken cancellation = default) => Until.TrueAsync(
        () => Task.FromResult(Hosts.All(host => host.Http is not null)), () => "Not all hosts run.", cancellation);

    /// <summary>Waits for a host that runs, and returns its client. If both run, chance decides.</summary>
    public async Task<HttpClient> AnyAsync()
    {
        HttpClient[] running = [];
        await Until.TrueAsync(
            () =>
            {
                running = [.. Hosts.Select(host => host.Http).OfType<HttpClient>()];
                return Task.FromResult(running.Length > 0);
            },
            () => "No host runs.");
        return running[Random.Shared.Next(running.Length)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts)
            await host.DisposeAsync();
        await Storage.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
