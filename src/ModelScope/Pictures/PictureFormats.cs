namespace Darkroom.ModelScope.Pictures;

/// <summary>The media type and the file extension of each format.</summary>
public static class PictureFormats
{
    /// <summary>Returns the media type of <paramref name="format"/>.</summary>
    public static string ContentType(this PictureFormat format) => format switch
    {
        PictureFormat.Png => "image/png",
        PictureFormat.Jpeg => "image/jpeg",
        PictureFormat.WebP => "image/webp",
        _ => "image/gif",
    };

    /// <summary>Returns the file extension of <paramref name="format"/>, without a dot.</summary>
    public static string Extension(this PictureFormat format) => format switch
    {
        PictureFormat.Png => "png",
        PictureFormat.Jpeg => "jpg",
        PictureFormat.WebP => "webp",
        _ => "gif",
    };
}
