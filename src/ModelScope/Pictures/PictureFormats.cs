namespace Darkroom.ModelScope.Pictures;

/// <summary>How each format is called elsewhere.</summary>
public static class PictureFormats
{
    /// <summary>The media type.</summary>
    public static string ContentType(this PictureFormat format) => format switch
    {
        PictureFormat.Png => "image/png",
        PictureFormat.Jpeg => "image/jpeg",
        PictureFormat.WebP => "image/webp",
        _ => "image/gif",
    };

    /// <summary>The file name's ending, without a dot.</summary>
    public static string Extension(this PictureFormat format) => format switch
    {
        PictureFormat.Png => "png",
        PictureFormat.Jpeg => "jpg",
        PictureFormat.WebP => "webp",
        _ => "gif",
    };
}
