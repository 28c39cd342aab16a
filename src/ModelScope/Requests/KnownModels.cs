namespace Darkroom.ModelScope.Requests;

/// <summary>
/// Models of ModelScope that a person can choose from. Ids come and go at ModelScope, so this list is only a suggestion: every id is
/// accepted.
/// </summary>
public static class KnownModels
{
    /// <summary>The models, the most used first.</summary>
    public static IReadOnlyList<KnownModel> All { get; } =
    [
        new("Tongyi-MAI/Z-Image-Turbo", Edits: false),
        new("Tongyi-MAI/Z-Image", Edits: false),
        new("Qwen/Qwen-Image", Edits: false),
        new("Qwen/Qwen-Image-2512", Edits: false),
        new("Qwen/Qwen-Image-Edit", Edits: true),
        new("Qwen/Qwen-Image-Edit-2511", Edits: true),
        new("black-forest-labs/FLUX.1-Krea-dev", Edits: false),
        new("krea/Krea-2-Turbo", Edits: false),
        new("MAILAND/majicflus_v1", Edits: false),
    ];

    /// <summary>The list, with <paramref name="defaultModel"/> first.</summary>
    public static IReadOnlyList<KnownModel> StartingWith(string defaultModel) =>
    [
        All.FirstOrDefault(model => model.Id == defaultModel) ?? new KnownModel(defaultModel, Edits: IsEditModel(defaultModel)),
        .. All.Where(model => model.Id != defaultModel),
    ];

    // A model that is not in the list is recognised by its name.
    private static bool IsEditModel(string id) => id.Contains("edit", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A model that a person can choose.</summary>
/// <param name="Id">The id at ModelScope, <c>Owner/Name</c>.</param>
/// <param name="Edits">Whether it changes a picture (<c>image_url</c>).</param>
public sealed record KnownModel(string Id, bool Edits)
{
    /// <summary>The documented sizes; null if there is no documentation.</summary>
    public SizeRange? Sizes => SizeTable.Find(Id);
}
