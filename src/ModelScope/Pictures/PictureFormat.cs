namespace Darkroom.ModelScope.Pictures;

/// <summary>What a picture's bytes really are.</summary>
public enum PictureFormat
{
    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>Graphics Interchange Format.</summary>
    Gif,
}
