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
public partial class TestApp : IAsyncLifetime
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

    /// <summary>Further options of the host.</summary>
    protected virtual IReadOnlyList<string> Options => [];

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

    private async Task StartAsync()
    {
        if (Elsewhere is { } there)
        {
            Http = new HttpClient(new ContractWatch(new LeakWatch())) { BaseAddress = there, Timeout = TimeSpan.FromMinutes(2) };
            return;
        }

        var settings = AppSettings.Of(_connection, Upstream);
        foreach (var (name, value) in Settings)
            settings[name] = value;
        Host = await LocalHostProcess.StartAsync(AppFolder, settings, [.. Options]);
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
