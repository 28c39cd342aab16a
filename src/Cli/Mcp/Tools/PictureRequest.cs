using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Darkroom.Cli.Mcp.Tools;

/// <summary>A request for pictures, with the field names of the HTTP API. Fields that are not given are not sent.</summary>
internal record PictureRequest
{
    [Description("What the picture shows, in English or Chinese: subject, scene, light, style. 1 to 1999 characters.")]
    public required string Prompt { get; init; }

    [Description("The model, as Owner/Name. Default: the server's, usually Tongyi-MAI/Z-Image-Turbo.")]
    public string? Model { get; init; }

    [Description("What must not be in the picture. At most 1999 characters.")]
    [JsonPropertyName("negative_prompt")]
    public string? NegativePrompt { get; init; }

    [Description("Width and height in pixels, such as 1024x1024 or 1440x960. The model decides which sizes it supports.")]
    public string? Size { get; init; }

    [Description("The random seed, to make the same picture again. Default: random.")]
    [Range(0, int.MaxValue)]
    public long? Seed { get; init; }

    [Description("The number of sampling steps. More steps take longer.")]
    [Range(1, 100)]
    public long? Steps { get; init; }

    [Description("How closely the picture follows the prompt.")]
    [Range(1.5, 20)]
    public double? Guidance { get; init; }

    [Description("Pictures to edit, as https or data: URLs. Needs a model that edits pictures.")]
    [JsonPropertyName("image_url")]
    public IReadOnlyList<string>? ImageUrls { get; init; }

    [Description("LoRAs with their weights, such as {\"owner/lora\": 1.0}. At most 6; the weights add up to 1.0.")]
    public IReadOnlyDictionary<string, double>? Loras { get; init; }

    [Description("How many pictures. Each is paid for.")]
    [Range(1, 16)]
    public long? Count { get; init; }

    [Description("A short text for the names of the files. Default: the prompt.")]
    public string? Name { get; init; }

    [Description("Tags to find the job by, with list_images.")]
    public IReadOnlyList<string>? Tags { get; init; }

    [Description("What to do without credits: wait until there are some (the default), or fail.")]
    [AllowedValues("wait", "fail")]
    public string? OnCreditsExhausted { get; init; }

    [Description("With \"identical\" and a seed, an equal earlier picture is returned again and nothing is paid. Default: never.")]
    [AllowedValues("never", "identical")]
    public string? Reuse { get; init; }
}
