using Microsoft.Extensions.Logging;

namespace Darkroom.Webhooks;

/// <summary>Log messages of webhooks. None contains the address of a receiver.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The webhook for the end of {Kind} {Id}, attempt {Attempt}, was not delivered: {Phase} after {Tries} tries.")]
    public static partial void NotDelivered(this ILogger log, string kind, string id, int attempt, DeliveryPhase phase, int tries);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "A try of the webhook for {Kind} {Id} could not be added to its deliveries ({Reason}).")]
    public static partial void NotListed(this ILogger log, string kind, string id, string reason);
}
