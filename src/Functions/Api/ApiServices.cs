using Darkroom.Api.Batches;
using Darkroom.Api.Events;
using Darkroom.Api.Images;
using Darkroom.Api.OpenAi;
using Darkroom.Api.Studio;
using Darkroom.Settings;
using Darkroom.Storage;
using Darkroom.Webhooks;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Api;

/// <summary>The services of this room.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<JobAnswers>()
        .AddSingleton<PictureAnswers>()
        .AddSingleton<BatchAnswers>()
        .AddSingleton<BatchWatch>()
        .AddSingleton<FollowedStates>()
        .AddSingleton<GateStates>()
        .AddSingleton<WaitingCallers>()
        .AddSingleton<PreferredWait>()
        .AddSingleton<JobSignals>()
        .AddSingleton<JobWatch>()
        .AddSingleton<Readiness>()
        .AddSingleton<GateView>()
        .AddSingleton<StudioFiles>()
        .AddSingleton<IWebhookViews, WebhookViews>()
        .AddOpenAi()
        // In Azure a key or a sign-in stands before the app, and it has a name that it does not know.
        .AddSingleton(
            provider => new WebOrigins(
                provider.GetRequiredService<DarkroomSettings>().WebOrigins,
                isPublic: Environment.GetEnvironmentVariable("WEBSITE_SITE_NAME") is { Length: > 0 }))
        // The framework writes problems. People read them, so Chinese stays readable.
        .Configure<JsonOptions>(options => options.SerializerOptions.Encoder = StoredJson.Options.Encoder);

    private static IServiceCollection AddOpenAi(this IServiceCollection services) => services
        .AddSingleton<ImageCalls>()
        .AddSingleton<ImageResponses>()
        .AddSingleton<StoredPictures>()
        .AddSingleton<PictureConversion>();
}
