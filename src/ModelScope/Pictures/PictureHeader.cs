namespace Darkroom.ModelScope.Pictures;

/// <summary>The format and size from the first bytes of a picture.</summary>
/// <param name="Format">The real format, which may differ from the file name and the Content-Type header.</param>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
public readonly record struct PictureHeader(PictureFormat Format, int Width, int Height)
{
    /// <summary>The number of pixels for which a decoder must allocate memory.</summary>
    public long Pixels => (long)Width * Height;
}
