using System.Text.Json;

namespace Darkroom.ModelScope.Requests;

/// <summary>A request for one task of ModelScope. <see cref="ImageRequestRules"/> checks the values.</summary>
public sealed record ImageRequest
{
    /// <summary>The model of a request that names none.</summary>
    public const string DefaultModel = "Tongyi-MAI/Z-Image-Turbo";

    /// <summary>
    /// The id of the model, <c>Owner/Name</c> or <c>Owner/Name:Provider</c>. ModelScope adds and removes models, so every id is allowed.
    /// </summary>
    public string Model { get; init; } = DefaultModel;

    /// <summary>Whether the model id names a provider. That provider bills the task, so it costs no credits of ModelScope.</summary>
    public bool IsBilledByProvider =>
        Model.LastIndexOf(':') is var colon && colon > Model.IndexOf('/', StringComparison.Ordinal) && colon < Model.Length - 1;

    /// <summary>What the picture shows: 1 to 1999 Unicode characters.</summary>
    public required string Prompt { get; init; }

    /// <summary>What the picture must not show: at most 1999 Unicode characters.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>
    /// The size of the picture. A size outside the model's known range causes only a warning, because ModelScope clamps it.
    /// </summary>
    public ImageSize? Size { get; init; }

    /// <summary>The random seed, 0 to 2147483647. If it is missing, ModelScope chooses one.</summary>
    public int? Seed { get; init; }

    /// <summary>The number of sampling steps, 1 to 100.</summary>
    public int? Steps { get; init; }

    /// <summary>How closely the picture follows the prompt, 1.5 to 20.</summary>
    public double? Guidance { get; init; }

    /// <summary>The pictures to edit, as https or data: URLs. One is sent as a string, several are sent as an array.</summary>
    public IReadOnlyList<string> ImageUrls { get; init; } = [];

    /// <summary>The LoRA models to apply.</summary>
    public LoraChoice? Loras { get; init; }

    /// <summary>Other parameters of ModelScope. They are written into the body unchanged.</summary>
    public IReadOnlyDictionary<string, JsonElement> Extra { get; init; } = EmptyExtra;

    private static readonly Dictionary<string, JsonElement> EmptyExtra = [];
}
