using System.Buffers;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Darkroom.Durable;
using Darkroom.ModelScope.Pictures;
using Darkroom.Storage;

namespace Darkroom.Jobs.Poll;

/// <summary>
/// Copies pictures into storage block by block, so that a large picture is never in memory as a whole. It never overwrites a picture. A
/// picture exists under its name only after its last byte was checked.
/// </summary>
public sealed class PictureStore(Containers containers)
{
    // Most pictures fit into one block, which takes a single call.
    private const int BlockBytes = 4 << 20;

    /// <summary>
    /// Saves <paramref name="picture"/>. Its format gives the extension of the name. If a picture of another task has the name, the save
    /// fails, and the caller must choose another name.
    /// </summary>
    public async Task<SavedPicture> SaveAsync(
        PictureStream picture, string nameWithoutEnding, int index, PictureOrigin origin, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(origin);
        var name = $"{nameWithoutEnding}.{picture.Header.Format.Extension()}";
        var blob = containers.Pictures.GetBlockBlobClient(name);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            if (await CopyAsync(picture, blob, block.AsMemory(0, BlockBytes), index, origin, cancellation))
                return Describe(name, index, picture.Facts);
            var there = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
            var (earlier, its) = PictureMetadata.Read(name, there.ContentType, there.ContentLength, there.Metadata);
            return its.TaskId == origin.TaskId
                ? earlier
                : throw new SanitizedException($"A picture of the task {its.TaskId} already has this name.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>The pictures in a folder, and the tasks that made them.</summary>
    public async Task<IReadOnlyList<(SavedPicture Picture, PictureOrigin Origin)>> ListAsync(string folder, CancellationToken cancellation)
    {
        var pictures = new List<(SavedPicture, PictureOrigin)>();
        await foreach (var blob in containers.Pictures.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, folder, cancellation))
        {
            // Sidecars and thumbnails have no metadata.
            if (blob.Metadata.Count > 0)
                pictures.Add(
                    PictureMetadata.Read(blob.Name, blob.Properties.ContentType, blob.Properties.ContentLength ?? 0, blob.Metadata));
        }

        return pictures;
    }

    /// <summary>
    /// Renews the last-modified time of a picture, its sidecar and its thumbnail, because lifecycle rules of the storage account delete by
    /// age.
    /// </summary>
    public async Task TouchAsync(SavedPicture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        foreach (var name in new[] { picture.Blob, picture.SidecarBlob, picture.ThumbnailBlob })
        {
            try
            {
                var blob = containers.Pictures.GetBlobClient(name);
                await blob.SetMetadataAsync(
                    (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value.Metadata, cancellationToken: cancellation);
            }
            catch (RequestFailedException missing) when (missing.IsNotFound)
            {
                // The blob was deleted by hand, or the thumbnail is not made yet. A request for a missing picture gets an error.
            }
        }
    }

    /// <summary>Deletes everything in a folder: pictures, sidecars and thumbnails.</summary>
    public async Task DeleteAsync(string folder, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Pictures.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation))
            await containers.Pictures.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    // False if the name is taken: usually an earlier run of the same activity saved the picture.
    private static async Task<bool> CopyAsync(
        PictureStream picture, BlockBlobClient blob, Memory<byte> block, int index, PictureOrigin origin, CancellationToken cancellation)
    {
        try
        {
            var blocks = new List<string>();
            // Two runs of an activity may upload the same picture at once. Unique block ids keep their blocks apart.
            var upload = Guid.NewGuid().ToByteArray();
            while (true)
            {
                var length = await picture.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellation);
                // A short block is the last one. The stream has then checked that the picture is complete.
                if (length < block.Length && blocks.Count == 0)
                {
                    await blob.UploadAsync(BinaryData.FromBytes(block[..length]).ToStream(), Options(picture, index, origin), cancellation);
                    return true;
                }

                if (length > 0)
                {
                    var id = Convert.ToBase64String([.. upload, .. BitConverter.GetBytes(blocks.Count)]);
                    await blob.StageBlockAsync(id, BinaryData.FromBytes(block[..length]).ToStream(), cancellationToken: cancellation);
                    blocks.Add(id);
                }

                if (length == block.Length)
                    continue;
                var options = Options(picture, index, origin);
                await blob.CommitBlockListAsync(
                    blocks, new CommitBlockListOptions
                    {
                        HttpHeaders = options.HttpHeaders,
                        Metadata = options.Metadata,
                        Conditions = options.Conditions,
                    }, cancellation);
                return true;
            }
        }
        catch (RequestFailedException there) when (there.IsConflict)
        {
            return false;
        }
    }

    private static BlobUploadOptions Options(PictureStream picture, int index, PictureOrigin origin) => new()
    {
        HttpHeaders = new BlobHttpHeaders
        {
            ContentType = picture.Facts.Header.Format.ContentType(),
            CacheControl = "private, max-age=31536000, immutable",
        },
        Metadata = PictureMetadata.Write(picture.Facts, index, origin),
        Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
    };

    private static SavedPicture Describe(string name, int index, PictureFacts facts) => new()
    {
        Index = index,
        Blob = name,
        ContentType = facts.Header.Format.ContentType(),
        Width = facts.Header.Width,
        Height = facts.Header.Height,
        Bytes = facts.Bytes,
        Sha256 = facts.Sha256,
    };
}
