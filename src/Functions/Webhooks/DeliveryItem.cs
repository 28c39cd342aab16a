using System.Text.Json.Serialization;

namespace Darkroom.Webhooks;

/// <summary>One attempt to deliver a message, as the API lists it.</summary>
/// <param name="Id">The id of the message (webhook-id).</param>
/// <param name="At">When it was sent.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
/// <param name="Status">The HTTP status of the answer; null if there was none.</param>
/// <param name="Error">Why it failed; null if the receiver accepted it.</param>
public sealed record DeliveryItem(
    string Id,
    DateTime At,
    int Attempt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Error)
{
    internal static DeliveryItem Of(SendOrder order, DateTime at, SendOutcome outcome)
    {
        var (status, error) = outcome switch
        {
            SendOutcome.Delivered delivered => (delivered.Status, null),
            SendOutcome.Gone => (410, "The receiver answered with HTTP 410: it is not sent again."),
            SendOutcome.Refused { Status: >= 300 and < 400 } refused =>
                (refused.Status, $"The receiver answered with HTTP {refused.Status}. Redirects are not followed."),
            SendOutcome.Refused refused => (refused.Status, $"The receiver answered with HTTP {refused.Status}."),
            SendOutcome.NoAnswer none => ((int?)null, none.Error),
            _ => (null, "There is nothing to send any more."),
        };
        return new DeliveryItem(order.Order.MessageId, at, order.Try, status, error);
    }
}
