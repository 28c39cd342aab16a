using Darkroom.Durable;
using Darkroom.ModelScope.Wire;
using Darkroom.Requests;
using Darkroom.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Webhooks;

/// <summary>The services of this room.</summary>
internal static class WebhooksServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<DeliveryStore>()
        .AddSingleton<DeliveryStarter>()
        .AddSingleton<DeliveryCleanup>()
        .AddSingleton<WebhookTargets>()
        .AddSingleton<WebhookClient>()
        .AddSingleton(
            provider => new WebhookConnections(
                WebhookRules.Of(provider.GetRequiredService<DarkroomSettings>()), CheckedConnections.OfThisMachine))
        .AddSingleton<IFinishedListener, WebhookListener>();
}
