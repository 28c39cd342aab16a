namespace Darkroom.ModelScope.Tasks;

/// <summary>The source of a finished picture: a short-lived link, or the bytes that the answer contained.</summary>
public sealed class PictureSource
{
    private PictureSource(Uri? link, ReadOnlyMemory<byte> inline)
    {
        Link = link;
        Inline = inline;
    }

    /// <summary>The short-lived link; null if the answer contained the bytes. Never store or log it.</summary>
    public Uri? Link { get; }

    /// <summary>The bytes of the picture if the answer contained them; otherwise empty.</summary>
    public ReadOnlyMemory<byte> Inline { get; }

    /// <summary>Creates a source with a link.</summary>
    public static PictureSource At(Uri link) => new(link, default);

    /// <summary>Creates a source with the bytes of the picture.</summary>
    public static PictureSource Of(ReadOnlyMemory<byte> bytes) => new(link: null, bytes);

    /// <summary>Describes the source without the link: the size of the picture, or the host.</summary>
    public override string ToString() => Link is null ? $"inline picture of {Inline.Length} bytes" : $"link on {Link.Host}";
}
