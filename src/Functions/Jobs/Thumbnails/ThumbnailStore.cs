using System.Buffers;
using System.Runtime.InteropServices;
using Azure;
using Azure.Storage.Blobs.Models;
using Darkroom.Jobs.Poll;
using Darkroom.Storage;
using SkiaSharp;

namespace Darkroom.Jobs.Thumbnails;

/// <summary>
/// Thumbnails as blobs beside their pictures. An empty blob records that a picture can have no thumbnail, so that it is not decoded again
/// for each request.
/// </summary>
public sealed class ThumbnailStore(Containers containers)
{
    private const int BlockBytes = 1 << 16;

    /// <summary>Reads the stored thumbnail of a picture.</summary>
    /// <returns>
    /// <see cref="ThumbnailAnswer.Found"/>, <see cref="ThumbnailAnswer.None"/> or <see cref="ThumbnailAnswer.NotMade"/>.
    /// </returns>
    public async Task<ThumbnailAnswer> ReadAsync(SavedPicture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        try
        {
            var blob = await containers.Pictures.GetBlobClient(picture.ThumbnailBlob).DownloadContentAsync(cancellation);
            return blob.Value.Content.ToMemory().IsEmpty
                ? new ThumbnailAnswer.None("The picture cannot be decoded, or is too large for a thumbnail.")
                : new ThumbnailAnswer.Found(blob.Value.Content);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return new ThumbnailAnswer.NotMade();
        }
    }

    /// <summary>Stores a thumbnail, or that there is none. It never overwrites one.</summary>
    public async Task WriteAsync(SavedPicture picture, ThumbnailAnswer made, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        try
        {
            await containers.Pictures.GetBlobClient(picture.ThumbnailBlob).UploadAsync(
                made is ThumbnailAnswer.Found found ? found.WebP : BinaryData.Empty,
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders
                    {
                        ContentType = "image/webp",
                        CacheControl = "private, max-age=31536000, immutable",
                    },
                    Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                },
                cancellation);
        }
        catch (RequestFailedException there) when (there.IsConflict)
        {
            // Another run or another request made it.
        }
    }

    /// <summary>Deletes a thumbnail whose picture was purged while the thumbnail was being made.</summary>
    public async Task DeleteIfOrphanAsync(SavedPicture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (!await containers.Pictures.GetBlobClient(picture.Blob).ExistsAsync(cancellation))
            await containers.Pictures.DeleteBlobIfExistsAsync(picture.ThumbnailBlob, cancellationToken: cancellation);
    }

    /// <summary>
    /// Reads a picture into memory that is freed when the caller disposes it. Decoders read from memory and not from the blob, because an
    /// exception of storage within a native call would end the process.
    /// </summary>
    /// <exception cref="RequestFailedException">The picture is not in storage, or storage failed.</exception>
    public async Task<SKData> LoadPictureAsync(SavedPicture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var download = (await containers.Pictures.GetBlobClient(picture.Blob).DownloadStreamingAsync(
            cancellationToken: cancellation)).Value;
        var bytes = SKData.Create(picture.Bytes);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            for (long at = 0; at < picture.Bytes;)
            {
                var length = await download.Content.ReadAsync(
                    block.AsMemory(0, (int)Math.Min(BlockBytes, picture.Bytes - at)), cancellation);
                if (length == 0)
                    throw new EndOfStreamException("The picture in storage is shorter than its record.");
                Marshal.Copy(block, 0, (nint)(bytes.Data + at), length);
                at += length;
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
