namespace Darkroom.ModelScope.Pictures;

/// <summary>What the first bytes of a picture say.</summary>
/// <param name="Format">The real format, whatever a name or header claims.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
public readonly record struct PictureHeader(PictureFormat Format, int Width, int Height)
{
    /// <summary>How many pixels a decoder would have to make room for.</summary>
    public long Pixels => (long)Width * Height;
}
