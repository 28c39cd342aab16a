using System.Text;
using Darkroom.Settings;

namespace Darkroom.Webhooks;

/// <summary>The signature of a message, as in Standard Webhooks.</summary>
public static class WebhookSignature
{
    /// <summary>
    /// The value of <c>webhook-signature</c>: for each secret <c>v1,</c> and the base64 of the HMAC-SHA256 of
    /// <c>id.timestamp.body</c>, separated by spaces.
    /// </summary>
    public static string Of(IEnumerable<WebhookSecret> secrets, string messageId, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{messageId}.{timestamp}."), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(secret.Sign(signed))}"));
    }
}
