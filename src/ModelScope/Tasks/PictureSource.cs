namespace Darkroom.ModelScope.Tasks;

/// <summary>Where a finished picture is to be had: behind a short-lived link, or inside the answer itself.</summary>
public sealed class PictureSource
{
    private PictureSource(Uri? link, ReadOnlyMemory<byte> inline)
    {
        Link = link;
        Inline = inline;
    }

    /// <summary>The short-lived link; null when the picture came inline. Never store or log it.</summary>
    public Uri? Link { get; }

    /// <summary>The picture's bytes, when upstream put them into the answer.</summary>
    public ReadOnlyMemory<byte> Inline { get; }

    /// <summary>A picture behind a link.</summary>
    public static PictureSource At(Uri link) => new(link, default);

    /// <summary>A picture that came with the answer.</summary>
    public static PictureSource Of(ReadOnlyMemory<byte> bytes) => new(link: null, bytes);

    /// <summary>Says what kind it is, never the link.</summary>
    public override string ToString() => Link is null ? $"inline picture of {Inline.Length} bytes" : $"link on {Link.Host}";
}
