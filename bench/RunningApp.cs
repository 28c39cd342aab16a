using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.Bench;

/// <summary>The app on LocalHost, with Azurite on disk and a simulated upstream. Only the simulator runs in this process.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly DirectoryInfo _state;

    private RunningApp(DirectoryInfo state, Azurite storage, SimulatedModelScope upstream, LocalHostProcess host, Uri address)
    {
        _state = state;
        Storage = storage;
        Upstream = upstream;
        Host = host;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Azurite Storage { get; }

    public SimulatedModelScope Upstream { get; }

    public LocalHostProcess Host { get; }

    public HttpClient Http { get; }

    public static async Task<RunningApp> StartAsync(SimulatorSettings upstreamSettings, params (string Name, string Value)[] more)
    {
        var state = Directory.CreateTempSubdirectory("darkroom-bench-");
        var storage = await Azurite.StartAnotherAsync(Path.Combine(state.FullName, "azurite"));
        var upstream = await SimulatedModelScope.StartAsync(new SimulatorOptions { Settings = upstreamSettings });
        var settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = storage.ConnectionString,
            ["MODELSCOPE_API_TOKEN"] = "ms-bench",
            ["MODELSCOPE_INFER_BASE"] = upstream.ApiUrl.AbsoluteUri,
            ["Darkroom__PictureHosts"] = upstream.PictureHost,
            ["Darkroom__AllowHttpPictures"] = "true",
            ["Darkroom__PollFloorSeconds"] = "0.25",
            ["Darkroom__SubmitGraceSeconds"] = "0",
        };
        // The same values as `darkroom up` sets.
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string)>)[("partitionCount", "1"), ("maxQueuePollingInterval", "00:00:00.250")])
            settings[$"AzureFunctionsJobHost__extensions__durableTask__storageProvider__{name}"] = value;
        foreach (var (name, value) in more)
            settings[name] = value;
        var host = await LocalHostProcess.StartAsync(BuiltApps.Functions, settings);
        return new RunningApp(state, storage, upstream, host, await host.Ready);
    }

    public async Task<string> StartJobAsync(object body)
    {
        using var answer = await Http.PostAsJsonAsync("api/images", body);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>();
    }

    /// <summary>Waits until a job is over, and throws if it did not succeed.</summary>
    public async Task<JsonObject> EndOfAsync(string id)
    {
        while (true)
        {
            using var answer = await Http.GetAsync($"api/images/{id}?wait=100");
            var job = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
            if (answer.StatusCode == System.Net.HttpStatusCode.Accepted)
                continue;
            return job["status"]!.GetValue<string>() == "succeeded"
                ? job
                : throw new InvalidOperationException($"A job did not succeed: {job}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Host.Dispose();
        await Upstream.DisposeAsync();
        _state.Delete(recursive: true);
    }
}
