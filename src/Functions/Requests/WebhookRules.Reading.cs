using System.Text.Json;
using Darkroom.ModelScope.Requests;
using Darkroom.Settings;

namespace Darkroom.Requests;

// Reading the webhook of a request or batch.
public sealed partial class WebhookRules
{
    private static readonly string WrongForm = $"Must be an object with {JobWebhook.UrlField} and, if wanted, {JobWebhook.SecretField}.";

    /// <summary>Reads the field <c>webhook</c> of a request or batch. Problems never quote the secret.</summary>
    public (JobWebhook? Webhook, IReadOnlyList<FieldProblem> Problems) Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.HasValidNames() ? ReadObject(value) : (null, [Problem("", WrongForm)]);

    /// <summary>Reads a webhook of which only the address is given, such as the one of a query.</summary>
    public (JobWebhook? Webhook, IReadOnlyList<FieldProblem> Problems) ReadUrl(string url)
    {
        if (UrlProblem(url) is { } problem)
            return (null, [Problem("", problem)]);
        return SecretProblem is { } missing ? (null, [missing]) : (new JobWebhook(url, Secret: null), []);
    }

    private (JobWebhook? Webhook, IReadOnlyList<FieldProblem> Problems) ReadObject(JsonElement value)
    {
        var problems = new List<FieldProblem>();
        foreach (var field in value.EnumerateObject().Where(field => field.Name is not (JobWebhook.UrlField or JobWebhook.SecretField)))
            problems.Add(Problem($".{field.Name}", "Is not a field of webhook. Its fields are url and secret."));
        var url = TextOf(value, JobWebhook.UrlField);
        if (UrlProblem(url) is { } problem)
            problems.Add(Problem($".{JobWebhook.UrlField}", problem));
        WebhookSecret? secret = null;
        if (value.TryGetProperty(JobWebhook.SecretField, out _))
        {
            secret = WebhookSecret.TryRead(TextOf(value, JobWebhook.SecretField));
            if (secret is null)
                problems.Add(Problem($".{JobWebhook.SecretField}", $"Must be {WebhookSecret.Wanted}."));
        }
        else if (SecretProblem is { } missing)
        {
            problems.Add(missing);
        }

        return (problems.Count == 0 ? new JobWebhook(url!, secret) : null, problems);
    }

    private FieldProblem? SecretProblem => hasServiceSecret
        ? null
        : Problem(
            $".{JobWebhook.SecretField}",
            "Is required, because the service has no secret of its own: set it here, or set Darkroom__WebhookSecret.");

    private static FieldProblem Problem(string field, string message) => new($"{JobWebhook.FieldName}{field}", message);

    private static string? TextOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.TryGetText(out var text) ? text : null;
}
