using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Darkroom.Batches;
using Darkroom.Functions.Tests.Orchestrations.TaskHub;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Settings;
using Darkroom.Simulator;
using Darkroom.Storage;
using Darkroom.TestKit;
using Darkroom.Usage;
using Darkroom.Webhooks;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>
/// The app's services, workflows and activities on a task hub in memory. The storage is Azurite, the upstream is the simulator. All of them
/// share one clock, which advances only when there is no other work.
/// </summary>
public sealed partial class AppOnTaskHub : IAsyncLifetime
{
    public const string Token = "ms-5f0c6b1e-secret-token";

    private readonly List<Cable> _cables = [];
    private IHost _host = null!;

    /// <summary>Creates an app whose upstream is instant, for tests that share it.</summary>
    public AppOnTaskHub()
        : this(
            new AppOptions { Upstream = new SimulatorSettings { Speed = 0, Slots = 64 }, Settings = new() { ["Darkroom:Slots"] = "16" } })
    {
    }

    internal AppOnTaskHub(AppOptions options)
    {
        (Options, Time) = (options, new ManualTime(options.Start));
        Hub = new InMemoryTaskHub(Time, options.Seed) { HasEarlyTimers = options.HasEarlyTimers };
    }

    public ManualTime Time { get; }

    public DurableTaskClient Client { get; private set; } = null!;

    public SimulatedModelScope Upstream { get; private set; } = null!;

    public IServiceProvider Services => _host.Services;

    internal InMemoryTaskHub Hub { get; }

    internal AppOptions Options { get; }

    /// <summary>Changes the settings, as a restart with other settings would. Each activity gets the current settings.</summary>
    internal Func<DarkroomSettings, DarkroomSettings> ChangeSettings { get; set; } = settings => settings;

    internal GateSnapshot Gate => Hub.Get(UpstreamGate.InstanceId).ReadCustomStatus<GateSnapshot>()!;

    /// <summary>Starts an app for one test.</summary>
    internal static async Task<AppOnTaskHub> StartAsync(AppOptions options)
    {
        var app = new AppOnTaskHub(options);
        await app.InitializeAsync();
        return app;
    }

    public async ValueTask InitializeAsync()
    {
        Upstream = await SimulatedModelScope.StartAsync(new SimulatorOptions { Token = Token, Time = Time, Settings = Options.Upstream });
        var connection = (await Azurite.SharedAsync()).NewAccount();
        if (Options.CanCutStorage)
            connection = Cable.InFrontOf(connection, _cables);
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = connection,
            ["MODELSCOPE_API_TOKEN"] = Token,
            ["MODELSCOPE_INFER_BASE"] = Upstream.ApiUrl.AbsoluteUri,
            ["Darkroom:PictureHosts"] = Upstream.PictureHost,
            ["Darkroom:AllowHttpPictures"] = "true",
            ["Darkroom:SubmitGraceSeconds"] = "0",
        });
        builder.Configuration.AddInMemoryCollection(Options.Settings);
        builder.Services.AddSingleton<TimeProvider>(new ActivityTime(Time));
        builder.AddDarkroom();
        var settings = DarkroomSettings.Read(builder.Configuration);
        builder.Services.AddTransient(_ => ChangeSettings(settings));
        // Without retries, because the SDK would wait for them on the real clock.
        if (Options.CanCutStorage)
            builder.Services.AddSingleton(new BlobServiceClient(connection, new BlobClientOptions { Retry = { MaxRetries = 0 } }))
                .AddSingleton(new TableServiceClient(connection, new TableClientOptions { Retry = { MaxRetries = 0 } }));
        // The host is built but not started. Its background service only creates the containers, which happens here.
        _host = builder.Build();
        await Services.GetRequiredService<Containers>().CreateAsync(CancellationToken.None);
        await Services.GetRequiredService<UsageStore>().CreateAsync(CancellationToken.None);
        Client = new HubClient(Hub);
        Hub.AddOrchestrator<JobTicket, JobState>(nameof(GenerateImage), GenerateImage.RunAsync!);
        Hub.AddOrchestrator<JobTicket, JobState>(nameof(GenerateImages), GenerateImages.RunAsync!);
        Hub.AddOrchestrator<BatchState, BatchSnapshot>(nameof(GenerateBatch), GenerateBatch.RunAsync);
        Hub.AddOrchestrator<DeliveryState, DeliveryState>(nameof(DeliverWebhook), DeliverWebhook.RunAsync);
        Hub.AddOrchestrator<GateState, object>(nameof(UpstreamGate), async context =>
        {
            await UpstreamGate.RunAsync(context);
            return null;
        });
        AppActivities.AddTo(Hub, Services, Client);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        _host.Dispose();
        await Upstream.DisposeAsync();
        _cables.ForEach(cable => cable.Dispose());
    }

    internal void CutStorage() => _cables.ForEach(cable => cable.Cut());

    internal void MendStorage() => _cables.ForEach(cable => cable.Mend());
}

/// <summary>The options of an app in a test.</summary>
internal sealed record AppOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>The start of the clock: noon in China.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    public bool HasEarlyTimers { get; init; }

    public bool CanCutStorage { get; init; }

    public SimulatorSettings Upstream { get; init; } = new();

    public Dictionary<string, string?> Settings { get; init; } = [];
}
