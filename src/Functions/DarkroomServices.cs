using System.Net;
using Darkroom.Api;
using Darkroom.Api.Batches;
using Darkroom.Api.Images;
using Darkroom.Api.OpenAi;
using Darkroom.Batches;
using Darkroom.Durable;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Calls;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using Darkroom.Jobs.Thumbnails;
using Darkroom.Maintenance;
using Darkroom.ModelScope;
using Darkroom.Queues;
using Darkroom.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Darkroom.Telemetry;
using Darkroom.Usage;
using Darkroom.Webhooks;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Darkroom;

/// <summary>What the functions are made of.</summary>
public static class DarkroomServices
{
    /// <summary>Adds it all.</summary>
    /// <param name="builder">The app.</param>
    /// <param name="metrics">Exporters of metrics, besides OTLP.</param>
    /// <param name="traces">Exporters of traces, besides OTLP.</param>
    public static void AddDarkroom(
        this IHostApplicationBuilder builder, Action<MeterProviderBuilder>? metrics = null, Action<TracerProviderBuilder>? traces = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        LogLevels.Set(builder.Logging);
        TelemetryExport.Add(builder, metrics, traces);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        // The framework writes problems. People read them, so Chinese stays readable.
        services.Configure<JsonOptions>(options => options.SerializerOptions.Encoder = StoredJson.Options.Encoder);
        services.AddSingleton(provider => WebhookRules.Check(DarkroomSettings.Read(provider.GetRequiredService<IConfiguration>())));
        services.AddSingleton(
            provider =>
                new ModelScopeClient(
                    provider.GetRequiredService<DarkroomSettings>().ToClientOptions(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => StorageAccount.Open(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Containers>()
            .AddSingleton<Ledger>()
            .AddSingleton<RetryingLedger>()
            .AddSingleton<PictureStore>()
            .AddSingleton<TaskPictures>()
            .AddSingleton<Sidecars>()
            .AddSingleton<ThumbnailStore>()
            .AddSingleton<PictureThumbnails>()
            .AddSingleton<RequestStore>();
        services.AddSingleton(provider => StorageAccount.OpenTables(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton<UsageStore>()
            .AddSingleton<TaskUsage>()
            .AddHostedService<UsageTable>();
        services.AddSingleton<TaskDurationStore>().AddSingleton<JobIndex>().AddSingleton<ReuseIndex>();
        services.AddSingleton<GateStatusCache>()
            .AddSingleton<GatePauseStore>()
            .AddSingleton<QueueLimit>()
            .AddSingleton<JobStarter>()
            .AddSingleton<JobService>()
            .AddSingleton<JobTickets>()
            .AddSingleton<ReusedPictures>()
            .AddSingleton<SubmitBlock>()
            .AddSingleton<CancellationCheck>()
            .AddSingleton<SubmitClaims>()
            .AddSingleton<SubmitPost>()
            .AddSingleton<PollSchedules>()
            .AddSingleton<JobReader>()
            .AddSingleton<JobAnswers>()
            .AddSingleton<PictureAnswers>()
            .AddSingleton<WaitingCallers>()
            .AddSingleton<PreferredWait>()
            .AddSingleton<Readiness>()
            .AddSingleton<GateView>()
            .AddSingleton<JobSignals>()
            .AddSingleton<JobWatch>();
        services.AddSingleton<CallLog>()
            .AddSingleton<ImageCalls>()
            .AddSingleton<ImageResponses>()
            .AddSingleton<StoredPictures>()
            .AddSingleton<PictureConversion>();
        services.AddSingleton<JobPurge>().AddSingleton<BatchPurge>().AddSingleton<RetentionCursor>();
        services.AddSingleton<JobPurge>()
            .AddSingleton<JobBlobs>()
            .AddSingleton<JobNeeds>()
            .AddSingleton<BatchPurge>()
            .AddSingleton<RetentionCursor>();
        services.AddSingleton(
            provider => StorageAccount.OpenQueues(provider.GetRequiredService<IConfiguration>())).AddSingleton<StorageQueues>();
        services.AddSingleton<BatchStore>()
            .AddSingleton<IBatchStatus, BatchStatusReader>()
            .AddSingleton<BatchIntake>()
            .AddSingleton<BatchStarter>()
            .AddSingleton<BatchFamily>()
            .AddSingleton<BatchRetry>()
            .AddSingleton<BatchAnswers>()
            .AddSingleton<PoisonMessages>()
            .AddSingleton<QueuedBatches>()
            .AddSingleton<IFinishedListener, Announcements>();
        services.AddSingleton<DeliveryStore>()
            .AddSingleton<DeliveryStarter>()
            .AddSingleton<DeliveryCleanup>()
            .AddSingleton<WebhookTargets>()
            .AddSingleton<WebhookClient>()
            .AddSingleton(
                provider =>
                    new WebhookConnections(
                        WebhookRules.Of(provider.GetRequiredService<DarkroomSettings>()), Dns.GetHostAddressesAsync))
            .AddSingleton<IWebhookViews, WebhookViews>()
            .AddSingleton<IFinishedListener, WebhookListener>();
        // In Azure a key or a sign-in stands before the app, and it has a name that it does not know.
        services.AddSingleton(
            provider =>
                new WebOrigins(
                    provider.GetRequiredService<DarkroomSettings>().WebOrigins,
                    isPublic: Environment.GetEnvironmentVariable("WEBSITE_SITE_NAME") is { Length: > 0 }));
        services.AddHostedService<StorageInitializer>();
    }
}
