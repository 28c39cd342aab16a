using System.Text.Json;
using Darkroom.ModelScope.Requests;

namespace Darkroom.Requests;

/// <summary>
/// The validation rules of a request, ModelScope's and Darkroom's: a pure function from JSON to a request or its problems.
/// </summary>
public static class RequestRules
{
    /// <summary>The largest number of tasks of one job.</summary>
    public const int MaxTasks = 16;

    private const int MaxTags = 20;
    private const int LongestName = 200;
    private const int LongestTag = 100;
    private const int LongestDeadline = 86_400;
    private const int LongestExpiry = 30 * 86_400;

    /// <summary>Reads and checks <paramref name="body"/>.</summary>
    /// <param name="body">The request.</param>
    /// <param name="defaultModel">The model of a request that names none.</param>
    /// <param name="others">Further allowed fields, which the caller of this method reads itself.</param>
    /// <param name="webhooks">The rules for the webhook; by default those of a service without settings for webhooks.</param>
    public static RequestReading Read(
        JsonElement body, string defaultModel, IReadOnlySet<string>? others = null, WebhookRules? webhooks = null)
    {
        var image = ImageRequestReader.Read(body, defaultModel);
        var fields = new EnvelopeFields(image.Others);
        var request = new JobRequest
        {
            Image = image.Request ?? new ImageRequest { Prompt = "" },
            Count = fields.WholeNumber("count", "n", 1, MaxTasks) ?? 1,
            Name = fields.Text("name", LongestName),
            Tags = fields.Texts("tags", MaxTags, LongestTag),
            Priority = fields.OneOf("priority", Lane.Interactive, ("interactive", Lane.Interactive), ("bulk", Lane.Bulk)),
            DeadlineSeconds = fields.WholeNumber("deadlineSeconds", alias: null, 1, LongestDeadline),
            ExpiresInSeconds = fields.WholeNumber("expiresInSeconds", alias: null, 1, LongestExpiry) ?? JobRequest.DefaultExpirySeconds,
            FailsWithoutCredits = fields.OneOf("onCreditsExhausted", false, ("wait", false), ("fail", true)),
            ReusesIdentical = fields.OneOf("reuse", false, ("never", false), ("identical", true)),
            Webhook = fields.Webhook(webhooks ?? WebhookRules.Strict),
        };

        foreach (var name in image.Request?.Extra.Keys.Where(EnvelopeFields.IsKnown) ?? [])
            fields.AddProblem($"extra.{name}", $"\"{name}\" is a field of the request itself: move it out of extra.");
        foreach (var name in fields.Unclaimed.Where(name => others?.Contains(name) != true))
            fields.AddProblem(name, "Is not a field of a request. Put further ModelScope fields into extra.");

        IReadOnlyList<FieldProblem> problems = [.. image.Problems, .. fields.Problems];
        return new(problems.Count == 0 ? request with { Warnings = WarningsOf(request, image) } : null, problems);
    }

    private static string[] WarningsOf(JobRequest request, ImageRequestReading image)
    {
        var warnings = image.Warnings.Select(warning => $"{warning.Field}: {warning.Message}");
        if (!request.ReusesIdentical || request.CanReuse)
            return [.. warnings];
        var why = request.Image.Seed is null
            ? "without an explicit seed no two requests are identical: set seed"
            : "only a request for one picture is reused: leave count out";
        return [.. warnings, $"reuse: no earlier picture was looked up, because {why}."];
    }
}
