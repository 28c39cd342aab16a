namespace Darkroom.ModelScope.Requests;

/// <summary>The documented sizes of each family of models. ModelScope clamps other sizes, so they cause only a warning.</summary>
public static class SizeTable
{
    private static readonly (string Marker, SizeRange Range)[] Families =
    [
        ("z-image-turbo", new("Z-Image-Turbo", 512, 2048)),
        ("qwen-image", new("Qwen-Image", 64, 1664)),
        ("flux", new("FLUX", 64, 1024)),
        ("stable-diffusion", new("SD", 64, 2048)),
        ("sdxl", new("SD", 64, 2048)),
        ("majicflus", new("FLUX", 64, 1024)),
    ];

    /// <summary>The documented range of <paramref name="model"/>; null if the model is unknown.</summary>
    public static SizeRange? Find(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var (marker, range) in Families)
        {
            if (model.Contains(marker, StringComparison.OrdinalIgnoreCase))
                return range;
        }

        return null;
    }

    /// <summary>
    /// Returns a warning if <paramref name="size"/> is outside the documented range of <paramref name="model"/>, or null if it is inside or
    /// the model is unknown.
    /// </summary>
    public static string? Warning(string model, ImageSize size) => Find(model) is { } range && !range.Contains(size)
        ? $"{range.Family} is documented for {range.Min}x{range.Min} to {range.Max}x{range.Max}. "
            + $"{size} is sent unchanged, but the picture may have another size."
        : null;
}

/// <summary>The documented sizes of a family of models: the shortest and the longest side, in pixels.</summary>
public sealed record SizeRange(string Family, int Min, int Max)
{
    /// <summary>Whether both sides of <paramref name="size"/> are in the range.</summary>
    public bool Contains(ImageSize size) => size.Width >= Min && size.Height >= Min && size.Width <= Max && size.Height <= Max;
}
