using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Darkroom.Simulator;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>The app, a simulated upstream that is instant, and Azurite: everything over real sockets.</summary>
public sealed class Workshop : IAsyncLifetime
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("darkroom-e2e-");
    private DarkroomApp _app = null!;

    public SimulatedModelScope Upstream { get; private set; } = null!;

    public HttpClient Http => _app.Http;

    public BlobServiceClient Storage { get; private set; } = null!;

    internal DarkroomApp App => _app;

    public async ValueTask InitializeAsync()
    {
        Upstream = await SimulatedModelScope.StartAsync(new SimulatorOptions { Token = "ms-secret-token", Settings = new SimulatorSettings { Speed = 0, Slots = 64 } });
        Storage = new BlobServiceClient((await Azurite.SharedAsync()).ConnectionString);
        _app = await StartAppAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _app.Dispose();
        await Upstream.DisposeAsync();
        _state.Delete(recursive: true);
    }

    /// <summary>Starts a job.</summary>
    public async Task<JsonObject> PostAsync(object body, string? key = null, HttpStatusCode expected = HttpStatusCode.Accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/images") { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}\n{(answer.StatusCode == HttpStatusCode.InternalServerError ? _app.Output[Math.Max(0, _app.Output.Length - 3000)..] : "")}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The job as it is.</summary>
    public async Task<JsonObject> GetAsync(string id, string query = "") => (await Http.GetFromJsonAsync<JsonObject>($"api/images/{id}{query}"))!;

    /// <summary>The job once it is over.</summary>
    public async Task<JsonObject> EndOfAsync(JsonObject job)
    {
        var end = await GetAsync(IdOf(job), "?wait=60");
        Assert.True(end["links"] is not null && end["timings"] is not null);
        return end;
    }

    /// <summary>Waits until a job is in a state, for a minute at most.</summary>
    public async Task<JsonObject> UntilAsync(JsonObject job, Func<JsonObject, bool> isSo)
    {
        for (var look = 0; look < 600; look++)
        {
            var now = await GetAsync(IdOf(job), "?wait=1&until=change");
            if (isSo(now))
                return now;
        }

        throw new TimeoutException("It did not come about.");
    }

    /// <summary>How often a prompt was posted upstream.</summary>
    public int PostsOf(string prompt) => Upstream.Counters.PostsByPrompt.GetValueOrDefault(prompt);

    /// <summary>The blobs of a job in the pictures container.</summary>
    public async Task<IReadOnlyList<string>> BlobsOfAsync(JsonObject job)
    {
        var blobs = new List<string>();
        await foreach (var blob in Storage.GetBlobContainerClient("pictures").GetBlobsAsync())
        {
            if (blob.Name.Contains($"/{IdOf(job)}/", StringComparison.Ordinal))
                blobs.Add(blob.Name);
        }

        return blobs;
    }

    public static string IdOf(JsonObject job) => job["id"]!.GetValue<string>();

    public static string StatusOf(JsonObject job) => job["status"]!.GetValue<string>();

    private Task<DarkroomApp> StartAppAsync() => DarkroomApp.StartAsync(_state.FullName, new Dictionary<string, string>
    {
        ["MODELSCOPE_API_TOKEN"] = "ms-secret-token",
        ["MODELSCOPE_INFER_BASE"] = Upstream.ApiUrl.AbsoluteUri,
        ["Darkroom__PictureHosts"] = Upstream.PictureHost,
        ["Darkroom__AllowHttpPictures"] = "true",
        ["Darkroom__PollFloorSeconds"] = "0.05",
        ["Darkroom__SubmitGraceSeconds"] = "0",
        ["Darkroom__Slots"] = "16",
        ["Darkroom__CreditsCheckSeconds"] = "1",
    });
}
