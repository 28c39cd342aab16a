using System.Buffers;
using System.Globalization;
using System.Net;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Darkroom.ModelScope.Pictures;

namespace Darkroom.Storage;

/// <summary>
/// Copies pictures into storage: block by block, never whole, and never over one that is there. Until its last byte was checked a picture
/// does not exist under its name.
/// </summary>
public sealed class PictureStore(Containers containers)
{
    // Most pictures fit into one block and take one call.
    private const int BlockBytes = 4 << 20;

    /// <summary>Saves <paramref name="picture"/> under a name that its format completes.</summary>
    public async Task<SavedPicture> SaveAsync(PictureStream picture, string nameWithoutEnding, int index, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var name = $"{nameWithoutEnding}.{picture.Header.Format.Extension()}";
        var blob = containers.Pictures.GetBlockBlobClient(name);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            return await CopyAsync(picture, blob, block.AsMemory(0, BlockBytes), cancellation)
                ? Describe(name, index, picture.Facts)
                : await FindAsync(blob, index, cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Deletes everything in a folder.</summary>
    public async Task DeleteAsync(string folder, CancellationToken cancellation)
    {
        await foreach (var blob in containers.Pictures.GetBlobsAsync(prefix: folder, cancellationToken: cancellation))
            await containers.Pictures.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    // False when there is one under this name already: an earlier run of the same activity saved it.
    private static async Task<bool> CopyAsync(PictureStream picture, BlockBlobClient blob, Memory<byte> block, CancellationToken cancellation)
    {
        try
        {
            var blocks = new List<string>();
            while (true)
            {
                var length = await picture.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellation);
                // A short block is the last one, and after it the stream has checked that the picture is whole.
                if (length < block.Length && blocks.Count == 0)
                {
                    await blob.UploadAsync(BinaryData.FromBytes(block[..length]).ToStream(), Options(picture), cancellation);
                    return true;
                }

                if (length > 0)
                {
                    var id = Convert.ToBase64String(BitConverter.GetBytes(blocks.Count));
                    await blob.StageBlockAsync(id, BinaryData.FromBytes(block[..length]).ToStream(), cancellationToken: cancellation);
                    blocks.Add(id);
                }

                if (length == block.Length)
                    continue;
                var options = Options(picture);
                await blob.CommitBlockListAsync(
                    blocks, new CommitBlockListOptions { HttpHeaders = options.HttpHeaders, Metadata = options.Metadata, Conditions = options.Conditions }, cancellation);
                return true;
            }
        }
        catch (RequestFailedException there) when (there.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }

    private static BlobUploadOptions Options(PictureStream picture) => new()
    {
        HttpHeaders = new BlobHttpHeaders { ContentType = picture.Facts.Header.Format.ContentType(), CacheControl = "private, max-age=31536000, immutable" },
        Metadata = new Dictionary<string, string>
        {
            ["sha256"] = picture.Facts.Sha256,
            ["width"] = picture.Facts.Header.Width.ToString(CultureInfo.InvariantCulture),
            ["height"] = picture.Facts.Header.Height.ToString(CultureInfo.InvariantCulture),
        },
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

    private static async Task<SavedPicture> FindAsync(BlockBlobClient blob, int index, CancellationToken cancellation)
    {
        var there = (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value;
        return new SavedPicture
        {
            Index = index,
            Blob = blob.Name,
            ContentType = there.ContentType,
            Width = int.Parse(there.Metadata["width"], CultureInfo.InvariantCulture),
            Height = int.Parse(there.Metadata["height"], CultureInfo.InvariantCulture),
            Bytes = there.ContentLength,
            Sha256 = there.Metadata["sha256"],
        };
    }
}
