namespace Darkroom.ModelScope.Requests;

/// <summary>The sizes each family of models is documented to take. Upstream clamps what is outside, so this only warns.</summary>
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
    /// A sentence about <paramref name="size"/> when it is outside what <paramref name="model"/> is documented to take; null when it is
    /// inside, or nothing is known.
    /// </summary>
    public static string? Warning(string model, ImageSize size)
    {
        foreach (var (marker, family, min, max) in Families)
        {
            if (!model.Contains(marker, StringComparison.OrdinalIgnoreCase))
                continue;

            return size.Width < min || size.Height < min || size.Width > max || size.Height > max
                ? $"{family} is documented for {min}x{min} to {max}x{max}; {size} is sent as asked, and the size that comes back is "
                    + "recorded."
                : null;
        }

        return null;
    }
}
