using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// The model of a request. OpenAI's own image models do not exist at ModelScope, so their names stand for the default model.
/// </summary>
internal static class ModelNames
{
    // The response header with the model that makes the picture.
    private const string Header = "Darkroom-Model";

    /// <summary>The names of OpenAI that SDKs and user interfaces usually have configured.</summary>
    public static IReadOnlyList<string> Mapped { get; } = ["gpt-image-1", "gpt-image-1-mini", "dall-e-3", "dall-e-2"];

    private static readonly string[] Families = ["gpt-image-", "chatgpt-image-", "dall-e-"];

    /// <summary>The model at ModelScope for a name.</summary>
    public static string Resolve(string? name, string defaultModel) =>
        name is null || Families.Any(family => name.StartsWith(family, StringComparison.OrdinalIgnoreCase)) ? defaultModel : name;

    /// <summary>Names the model in the response, unless its id has characters that a header cannot have.</summary>
    public static void Tell(HttpResponse response, string model)
    {
        if (model.All(letter => letter is >= ' ' and <= '~'))
            response.Headers[Header] = model;
    }

    /// <summary>Whether clients expect pictures of this model as base64: OpenAI's GPT image models have no other form.</summary>
    public static bool IsAlwaysBase64(string? name) =>
        name is not null && Families.Take(2).Any(family => name.StartsWith(family, StringComparison.OrdinalIgnoreCase));
}
