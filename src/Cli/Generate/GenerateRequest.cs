using System.Text.Json.Nodes;

namespace Darkroom.Cli.Generate;

/// <summary>
/// The body of <c>POST api/images</c>. Options that are not given are not sent: the server applies its defaults and checks the values.
/// </summary>
internal sealed record GenerateRequest
{
    public required string Prompt { get; init; }

    public string? Model { get; init; }

    public string? NegativePrompt { get; init; }

    public string? Size { get; init; }

    public long? Seed { get; init; }

    public int? Steps { get; init; }

    public double? Guidance { get; init; }

    public int? Count { get; init; }

    public IReadOnlyList<string> ImageUrls { get; init; } = [];

    /// <summary>An id, or an object of ids with weights.</summary>
    public JsonNode? Loras { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Priority { get; init; }

    public int? DeadlineSeconds { get; init; }

    public int? ExpiresInSeconds { get; init; }

    public string? OnCreditsExhausted { get; init; }

    public string? Reuse { get; init; }

    public string? WebhookUrl { get; init; }

    public JsonObject ToJson()
    {
        (string Name, JsonNode? Value)[] fields =
        [
            ("prompt", Prompt),
            ("model", Model),
            ("negative_prompt", NegativePrompt),
            ("size", Size),
            ("seed", Seed),
            ("steps", Steps),
            ("guidance", Guidance),
            ("count", Count),
            ("image_url", ImageUrls is [var only] ? only : ArrayOf(ImageUrls)),
            ("loras", Loras?.DeepClone()),
            ("name", Name),
            ("tags", ArrayOf(Tags)),
            ("priority", Priority),
            ("deadlineSeconds", DeadlineSeconds),
            ("expiresInSeconds", ExpiresInSeconds),
            ("onCreditsExhausted", OnCreditsExhausted),
            ("reuse", Reuse),
            ("webhook", WebhookUrl is null ? null : new JsonObject { ["url"] = WebhookUrl }),
        ];
        return new JsonObject(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));
    }

    private static JsonArray? ArrayOf(IReadOnlyList<string> values) =>
        values.Count == 0 ? null : new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
}
