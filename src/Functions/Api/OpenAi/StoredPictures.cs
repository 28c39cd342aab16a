using Azure.Storage.Blobs.Models;
using Darkroom.Jobs.Poll;
using Darkroom.ModelScope.Pictures;
using Darkroom.Storage;

namespace Darkroom.Api.OpenAi;

/// <summary>Opens saved pictures in the format that a client wants.</summary>
public sealed class StoredPictures(Containers containers, PictureConversion conversion)
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Whether the picture must be converted.</summary>
    public static bool IsOther(SavedPicture picture, PictureFormat? wanted)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return wanted is { } format && picture.ContentType != format.ContentType();
    }

    /// <summary>The media type in which the picture is delivered.</summary>
    public static string ContentTypeOf(SavedPicture picture, PictureFormat? wanted)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return wanted?.ContentType() ?? picture.ContentType;
    }

    /// <summary>Opens the picture. Without a conversion its bytes are streamed from storage.</summary>
    public async Task<Stream> OpenAsync(SavedPicture picture, PictureFormat? wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var stored = await containers.Pictures.GetBlobClient(picture.Blob).OpenReadAsync(
            new BlobOpenReadOptions(allowModifications: false) { BufferSize = BufferBytes }, cancellation);
        if (wanted is not { } format || !IsOther(picture, wanted))
            return stored;
        await using (stored)
            return await conversion.ConvertAsync(stored, format, cancellation);
    }
}
