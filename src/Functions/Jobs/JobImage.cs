using Darkroom.Jobs.Poll;

namespace Darkroom.Jobs;

/// <summary>A picture as the API shows it.</summary>
public sealed record JobImage(
    int Index,
    string Url,
    string SidecarUrl,
    string ContentType,
    int Width,
    int Height,
    long Bytes,
    string Sha256,
    IReadOnlyList<string> Warnings)
{
    internal JobImage(SavedPicture picture, string self)
        : this(
            picture.Index,
            $"{self}/files/{picture.Index}",
            $"{self}/sidecar?index={picture.Index}",
            picture.ContentType,
            picture.Width,
            picture.Height,
            picture.Bytes,
            picture.Sha256,
            picture.Warnings)
    {
    }
}
