using System.Text.Json.Nodes;
using Darkroom.Settings;

namespace Darkroom.Requests;

/// <summary>Where the end of a job or batch is sent.</summary>
/// <param name="Url">The address.</param>
/// <param name="Secret">The secret that signs it; null for the service's own secret.</param>
public sealed record JobWebhook(string Url, WebhookSecret? Secret)
{
    public const string FieldName = "webhook";
    public const string UrlField = "url";
    public const string SecretField = "secret";

    /// <summary>The webhook with its secret. It must not reach the history, a log or a response.</summary>
    public JsonObject Write()
    {
        var json = new JsonObject { [UrlField] = Url };
        if (Secret is not null)
            json[SecretField] = Secret.Reveal();
        return json;
    }
}
