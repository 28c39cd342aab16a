namespace Darkroom.ModelScope.Pictures;

/// <summary>The format of a picture, as read from its bytes.</summary>
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
