namespace Darkroom.ModelScope.Requests;

/// <summary>The documented sizes of each family of models. ModelScope clamps other sizes, so they cause only a warning.</summary>
public static class SizeTable
{
    private static readonly (string Marker, string Family, int Min, int Max)[] Families =
    [
        ("z-image-turbo", "Z-Image-Turbo", 512, 2048),
        ("qwen-image", "Qwen-Image", 64, 1664),
        ("flux", "FLUX", 64, 1024),
        ("stable-diffusion", "SD", 64, 2048),
        ("sdxl", "SD", 64, 2048),
        ("majicflus", "FLUX", 64, 1024),
    ];

    /// <summary>
    /// Returns a warning if <paramref name="size"/> is outside the documented range of <paramref name="model"/>, or null if it is inside or
    /// the model is unknown.
    /// </summary>
    public static string? Warning(string model, ImageSize size)
    {
        foreach (var (marker, family, min, max) in Families)
        {
            if (!model.Contains(marker, StringComparison.OrdinalIgnoreCase))
                continue;

            return size.Width < min || size.Height < min || size.Width > max || size.Height > max
                ? $"{family} is documented for {min}x{min} to {max}x{max}. {size} is sent unchanged, but the picture may have another size."
                : null;
        }

        return null;
    }
}
