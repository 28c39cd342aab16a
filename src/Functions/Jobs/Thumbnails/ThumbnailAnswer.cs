namespace Darkroom.Jobs.Thumbnails;

/// <summary>The thumbnail of a picture, or why there is none.</summary>
public abstract record ThumbnailAnswer
{
    private ThumbnailAnswer()
    {
    }

    /// <summary>The thumbnail, as a WebP file.</summary>
    public sealed record Found(BinaryData WebP) : ThumbnailAnswer;

    /// <summary>The picture cannot be decoded, or decoding it needs too much memory: it never gets a thumbnail.</summary>
    public sealed record None(string Reason) : ThumbnailAnswer;

    /// <summary>The thumbnail is not made yet.</summary>
    public sealed record NotMade : ThumbnailAnswer;

    /// <summary>The picture itself is not in storage.</summary>
    public sealed record PictureGone : ThumbnailAnswer;

    /// <summary>Too many thumbnails are being made at once: ask again later.</summary>
    public sealed record Busy : ThumbnailAnswer;
}
