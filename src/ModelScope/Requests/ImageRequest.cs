using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>One picture asked of ModelScope. Values are checked by <see cref="ImageRequestRules"/>.</summary>
public sealed record ImageRequest
{
    /// <summary>The model used when a request names none.</summary>
    public const string DefaultModel = "Tongyi-MAI/Z-Image-Turbo";

    /// <summary>The model's id, <c>Owner/Name</c>. Ids come and go upstream, so any is allowed.</summary>
    public string Model { get; init; } = DefaultModel;

    /// <summary>What to paint: 1 to 1999 Unicode characters.</summary>
    public required string Prompt { get; init; }

    /// <summary>What to avoid: at most 1999 Unicode characters.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>The picture's size. One outside the model's known range is a warning: upstream clamps.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>The random seed, 0 to 2147483647; absent, upstream draws one.</summary>
    public int? Seed { get; init; }

    /// <summary>Sampling steps, 1 to 100.</summary>
    public int? Steps { get; init; }

    /// <summary>How closely to follow the prompt, 1.5 to 20.</summary>
    public double? Guidance { get; init; }

    /// <summary>Pictures to edit, https or data: addresses. One goes out as a string, several as an array.</summary>
    public IReadOnlyList<string> ImageUrls { get; init; } = [];

    /// <summary>Styles to mix in.</summary>
    public LoraChoice? Loras { get; init; }

    /// <summary>Further upstream parameters, merged into the body as they are.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extra { get; init; } = EmptyExtra;

    private static readonly Dictionary<string, JsonElement> EmptyExtra = [];
}
