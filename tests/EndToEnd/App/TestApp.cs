using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Darkroom.EndToEnd;
using Darkroom.Simulator;
using Darkroom.TestKit;

[assembly: AssemblyFixture(typeof(TestApp))]

namespace Darkroom.EndToEnd;

/// <summary>
/// The app on LocalHost, with a simulated upstream whose tasks end at once, and with its own storage. Many tests share one instance in
/// parallel.
/// </summary>
public class TestApp : IAsyncLifetime
{
    /// <summary>The trait of tests that cannot run against an app that was started elsewhere.</summary>
    public const string Needs = "needs";

    /// <summary>The value of the trait: the test changes the app's settings or kills it.</summary>
    public const string OwnApp = "an app of its own";

    /// <summary>How many tasks may be upstream at once, unless an app has its own setting.</summary>
    public const int UsualSlots = 16;

    private readonly List<string> _logs = [];
    private string _connection = "";

    /// <summary>The address of an app that is already running; null to start one. In both cases the upstream is simulated here.</summary>
    public static Uri? Elsewhere { get; } = Environment.GetEnvironmentVariable("DARKROOM_BASE_URL") is { Length: > 0 } url
        ? new Uri(url)
        : null;

    public SimulatedModelScope Upstream { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public BlobServiceClient Storage { get; private set; } = null!;

    public LocalHostProcess? Host { get; private set; }

    /// <summary>The folder of the app.</summary>
    protected virtual string AppFolder => BuiltApps.Functions;

    /// <summary>The settings that differ from the default settings of the tests.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>The settings of the simulated upstream.</summary>
    protected virtual SimulatorSettings UpstreamSettings => new() { Speed = 0, Slots = 64 };

    public virtual async ValueTask InitializeAsync()
    {
        // An app that was started elsewhere has fixed addresses for its upstream.
        var (port, picturePort) = Elsewhere is null ? (0, 0) : (7090, 7091);
        Upstream = await SimulatedModelScope.StartAsync(
            new SimulatorOptions { Token = Leaks.Token, Port = port, PicturePort = picturePort, Settings = UpstreamSettings });
        _connection = Elsewhere is null ? (await Azurite.StartAnotherAsync()).ConnectionString : "UseDevelopmentStorage=true";
        Storage = new BlobServiceClient(_connection);
        await StartAsync();
    }

    /// <summary>Kills host and worker, and starts them again on the same storage.</summary>
    public async Task CrashAsync()
    {
        End();
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        End();
        await Upstream.DisposeAsync();
        Assert.Equal(0, Upstream.Counters.TokenOnPictureHost);
        Assert.NotEqual(0, await FindLeaksAsync());
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Fails if a log or the app's storage contains a secret. Returns the number of blobs, rows and messages that were searched.
    /// </summary>
    public Task<int> FindLeaksAsync()
    {
        foreach (var log in _logs.Append(Host?.Output ?? ""))
            Leaks.AssertNone(Leaks.FindInLog(log));
        return LeakScan.OfAsync(_connection);
    }

    /// <summary>The places that contain a text: blobs, rows and messages of the app's storage, and its log.</summary>
    public async Task<IReadOnlyList<string>> PlacesOfAsync(string text)
    {
        var places = await LeakScan.PlacesOfAsync(_connection, text);
        return _logs.Append(Host?.Output ?? "").Any(log => log.Contains(text, StringComparison.Ordinal)) ? [.. places, "the log"] : places;
    }

    /// <summary>Starts a job.</summary>
    public async Task<JsonObject> PostAsync(object body, string? key = null, HttpStatusCode expected = HttpStatusCode.Accepted)
    {
        using var answer = await SendAsync(HttpMethod.Post, "api/images", body, key);
        return await ReadAsync(answer, expected);
    }

    /// <summary>Sends a request.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, string? key = null, string? prefer = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        return await Http.SendAsync(request);
    }

    /// <summary>Reads the JSON of an answer. It fails if the status is not the expected one.</summary>
    public async Task<JsonObject> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(
            answer.StatusCode == expected,
            $"{answer.StatusCode}: {text}\n{(answer.StatusCode == HttpStatusCode.InternalServerError ? Host?.Output[^Math.Min(3000, Host.Output.Length)..] : "")}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>Reads the current state of a job.</summary>
    public async Task<JsonObject> GetAsync(string id, string query = "") =>
        (await Http.GetFromJsonAsync<JsonObject>($"api/images/{id}{query}"))!;

    /// <summary>Waits until a job has ended, for at most ten minutes, and returns it.</summary>
    public async Task<JsonObject> EndOfAsync(JsonObject job)
    {
        JsonObject end = job;
        for (var look = 0; look < 10; look++)
        {
            end = await GetAsync(IdOf(job), "?wait=60");
            if (end["timings"] is not null
                    && StatusOf(end) is not ("queued" or "submitting" or "generating" or "saving" or "waitingForCredits"))
                return end;
        }

        throw new TimeoutException($"It does not end: {await TellOfAsync(end)}");
    }

    /// <summary>Waits until a condition on a job is true, for about a minute at most.</summary>
    public async Task<JsonObject> UntilAsync(JsonObject job, Func<JsonObject, bool> isSo)
    {
        JsonObject now = job;
        for (var look = 0; look < 60; look++)
        {
            now = await GetAsync(IdOf(job));
            if (isSo(now))
                return now;
            await GetAsync(IdOf(job), "?wait=1&until=change");
        }

        throw new TimeoutException($"It did not come about: {await TellOfAsync(now)}");
    }

    // Everything that helps to find out why a job makes no progress.
    private async Task<string> TellOfAsync(JsonObject job)
    {
        string[] names = [IdOf(job), "upstream-gate", "duplicate"];
        var log = (Host?.Output ?? "")
            .Split('\n')
            .Where(line => names.Any(name => line.Contains(name, StringComparison.Ordinal)))
            .TakeLast(40);
        return string.Join('\n', [
            job.ToJsonString(),
            await Http.GetStringAsync("api/gate"),
            await Http.GetStringAsync("api/images?top=5"),
            await Http.GetStringAsync("runtime/webhooks/durabletask/instances/upstream-gate?showHistory=true&showHistoryOutput=true"),
            .. log]);
    }

    /// <summary>Opens a queue in the app's storage, and creates it if needed.</summary>
    public async Task<QueueClient> QueueAsync(string name)
    {
        var queue = new QueueClient(_connection, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    /// <summary>The number of submits with a prompt that reached the upstream.</summary>
    public int PostsOf(string prompt) => Upstream.Counters.PostsByPrompt.GetValueOrDefault(prompt);

    /// <summary>Lists the blobs of a job in the container of pictures.</summary>
    public async Task<IReadOnlyList<string>> BlobsOfAsync(JsonObject job)
    {
        var blobs = new List<string>();
        var day = job["createdAt"]!.GetValue<DateTime>().ToUniversalTime();
        await foreach (
            var blob in Storage.GetBlobContainerClient("pictures").GetBlobsAsync(
                BlobTraits.None, BlobStates.None, $"{day:yyyy/MM/dd}/{IdOf(job)}/", CancellationToken.None))
            blobs.Add(blob.Name);
        return blobs;
    }

    /// <summary>Whether a blob is a picture or a sidecar. A thumbnail may be missing until the first request for it.</summary>
    public static bool IsNoThumbnail(string blob) => !blob.EndsWith(".thumb.webp", StringComparison.Ordinal);

    public static string IdOf(JsonObject job) => job["id"]!.GetValue<string>();

    public static string StatusOf(JsonObject job) => job["status"]!.GetValue<string>();

    /// <summary>Creates a prompt that no other test uses.</summary>
    public static string NewPrompt(string about) => $"{about} {Guid.NewGuid()}";

    private async Task StartAsync()
    {
        if (Elsewhere is { } there)
        {
            Http = new HttpClient(new ContractWatch(new LeakWatch())) { BaseAddress = there, Timeout = TimeSpan.FromMinutes(2) };
            return;
        }

        var settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = _connection,
            ["MODELSCOPE_API_TOKEN"] = Leaks.Token,
            ["MODELSCOPE_INFER_BASE"] = Upstream.ApiUrl.AbsoluteUri,
            ["Darkroom__PictureHosts"] = Upstream.PictureHost,
            ["Darkroom__AllowHttpPictures"] = "true",
            ["Darkroom__PollFloorSeconds"] = "0.05",
            ["Darkroom__SubmitGraceSeconds"] = "0",
            ["Darkroom__Slots"] = $"{UsualSlots}",
            ["Darkroom__CreditsCheckSeconds"] = "1",
            ["Darkroom__SubmitTimeoutSeconds"] = "2",
            ["Darkroom__ReadTimeoutSeconds"] = "2",
            // `./darkroom up` sets one partition too, which is enough for one app on one machine.
            ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__partitionCount"] = "1",
            ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval"] = "00:00:00.100",
            ["AzureFunctionsJobHost__extensions__queues__maxPollingInterval"] = "00:00:00.200",
            // If a worker is killed, its message becomes visible again after 5 s instead of the minute in host.json.
            ["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:05",
        };
        foreach (var (name, value) in Settings)
            settings[name] = value;
        Host = await LocalHostProcess.StartAsync(AppFolder, settings);
        Http = new HttpClient(new ContractWatch(new LeakWatch())) { BaseAddress = await Host.Ready, Timeout = TimeSpan.FromMinutes(2) };
    }

    private void End()
    {
        Http.Dispose();
        Host?.Dispose();
        _logs.Add(Host?.Output ?? "");
        if (Environment.GetEnvironmentVariable("DARKROOM_TEST_LOGS") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"{GetType().Name}-{Guid.NewGuid():N}.log"), _logs[^1]);
    }
}
