using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.Bench;

/// <summary>The app in a process of its own, with storage and a simulated upstream.</summary>
internal sealed class JobBench : IAsyncDisposable
{
    private readonly DirectoryInfo _state;

    private JobBench(DirectoryInfo state, Azurite storage, SimulatedModelScope upstream, DarkroomApp app)
    {
        _state = state;
        Storage = storage;
        Upstream = upstream;
        App = app;
        Http = new HttpClient { BaseAddress = app.Url, Timeout = TimeSpan.FromMinutes(5) };
    }

    public Azurite Storage { get; }

    public SimulatedModelScope Upstream { get; }

    public DarkroomApp App { get; }

    public HttpClient Http { get; }

    public static async Task<JobBench> StartAsync(SimulatorSettings upstreamSettings, params (string Name, string Value)[] more)
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
        foreach (var (name, value) in more)
            settings[name] = value;
        return new JobBench(state, storage, upstream, await DarkroomApp.StartAsync(Path.Combine(state.FullName, "app"), settings));
    }

    /// <summary>Starts a job.</summary>
    public async Task<string> StartJobAsync(object body)
    {
        using var answer = await Http.PostAsJsonAsync("api/images", body);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>();
    }

    /// <summary>A job at its end, which has to be a success.</summary>
    public async Task<JsonObject> EndOfAsync(string id)
    {
        while (true)
        {
            using var answer = await Http.GetAsync($"api/images/{id}?wait=100");
            var job = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
            if (answer.StatusCode == System.Net.HttpStatusCode.Accepted)
                continue;
            return job["status"]!.GetValue<string>() == "succeeded" ? job : throw new InvalidOperationException($"A job did not succeed: {job}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        App.Dispose();
        await Upstream.DisposeAsync();
        _state.Delete(recursive: true);
    }
}
