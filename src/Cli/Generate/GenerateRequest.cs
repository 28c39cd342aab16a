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

    public string? Name { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["prompt"] = Prompt };
        Add("model", Model);
        Add("negative_prompt", NegativePrompt);
        Add("size", Size);
        Add("seed", Seed);
        Add("steps", Steps);
        Add("guidance", Guidance);
        Add("count", Count);
        Add("image_url", ImageUrls.Count == 1 ? ImageUrls[0] : Several(ImageUrls));
        Add("name", Name);
        Add("tags", Several(Tags));
        return json;

        void Add(string field, JsonNode? value)
        {
            if (value is not null)
                json[field] = value;
        }
    }

    private static JsonArray? Several(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : new JsonArray([.. texts.Select(text => (JsonNode)text)]);
}
