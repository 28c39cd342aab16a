using System.Buffers;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Darkroom.Durable;
using Darkroom.ModelScope.Pictures;
using Darkroom.Storage;

namespace Darkroom.Jobs.Poll;

/// <summary>
/// Copies pictures into storage: block by block, never whole, and never over one that is there. Until its last byte was checked a picture
/// does not exist under its name.
/// </summary>
public sealed class PictureStore(Containers containers)
{
    // Most pictures fit into one block and take one call.
    private const int BlockBytes = 4 << 20;

    /// <summary>
    /// Saves <paramref name="picture"/> under a name that its format completes. A picture of another task that stands there is a failure:
    /// ask again for a name.
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
                : throw new SanitizedException($"A picture of the task {its.TaskId} has this name.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>The pictures in a folder, and which tasks they are of.</summary>
    public async Task<IReadOnlyList<(SavedPicture Picture, PictureOrigin Origin)>> ListAsync(string folder, CancellationToken cancellation)
    {
        var pictures = new List<(SavedPicture, PictureOrigin)>();
        await foreach (var blob in containers.Pictures.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, folder, cancellation))
        {
            // Sidecars have none.
            if (blob.Metadata.Count > 0)
                pictures.Add(
                    PictureMetadata.Read(blob.Name, blob.Properties.ContentType, blob.Properties.ContentLength ?? 0, blob.Metadata));
        }

        return pictures;
    }

    /// <summary>Makes a picture young again for the storage account's own rules, which know nothing of jobs.</summary>
    public async Task TouchAsync(SavedPicture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        foreach (var name in new[] { picture.Blob, picture.SidecarBlob })
        {
            try
            {
                var blob = containers.Pictures.GetBlobClient(name);
                await blob.SetMetadataAsync(
                    (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value.Metadata, cancellationToken: cancellation);
            }
            catch (RequestFailedException missing) when (missing.IsNotFound)
            {
                // Deleted by hand: whoever asks for it is told.
            }
        }
    }

    /// <summary>Deletes everything in a folder.</summary>
    public async Task DeleteAsync(string folder, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Pictures.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation))
            await containers.Pictures.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    // False when there is one under this name already: an earlier run of the same activity saved it.
    private static async Task<bool> CopyAsync(
        PictureStream picture, BlockBlobClient blob, Memory<byte> block, int index, PictureOrigin origin, CancellationToken cancellation)
    {
        try
        {
            var blocks = new List<string>();
            // Two runs of an activity may upload the same picture at once: the blocks of one must not get into the blob of the other.
            var upload = Guid.NewGuid().ToByteArray();
            while (true)
            {
                var length = await picture.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellation);
                // A short block is the last one, and after it the stream has checked that the picture is whole.
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
