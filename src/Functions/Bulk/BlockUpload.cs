using System.Buffers;
using System.Net;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Darkroom.Bulk;

/// <summary>Writes a blob block by block. Until it is committed it does not exist, and it never replaces another.</summary>
internal sealed class BlockUpload(BlockBlobClient blob) : IDisposable
{
    private const int BlockBytes = 4 << 20;

    private readonly byte[] _block = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private readonly List<string> _blocks = [];

    // Blocks lie beside those of whoever writes the same blob at the same moment: each upload has names of its own.
    private readonly Guid _upload = Guid.NewGuid();
    private int _length;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
        {
            var part = Math.Min(bytes.Length, BlockBytes - _length);
            bytes[..part].CopyTo(_block.AsMemory(_length));
            _length += part;
            bytes = bytes[part..];
            if (_length == BlockBytes)
                await StageAsync(cancellation);
        }
    }

    /// <summary>False when there is one of this name already.</summary>
    public async Task<bool> TryCommitAsync(string contentType, CancellationToken cancellation)
    {
        try
        {
            var headers = new BlobHttpHeaders { ContentType = contentType };
            var conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
            if (_blocks.Count == 0)
            {
                using var whole = new MemoryStream(_block, 0, _length);
                await blob.UploadAsync(whole, new BlobUploadOptions { HttpHeaders = headers, Conditions = conditions }, cancellation);
                return true;
            }

            if (_length > 0)
                await StageAsync(cancellation);
            await blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions { HttpHeaders = headers, Conditions = conditions }, cancellation);
            return true;
        }
        catch (RequestFailedException there) when (there.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_block);

    private async Task StageAsync(CancellationToken cancellation)
    {
        var id = Convert.ToBase64String([.. _upload.ToByteArray(), .. BitConverter.GetBytes(_blocks.Count)]);
        using var block = new MemoryStream(_block, 0, _length);
        await blob.StageBlockAsync(id, block, cancellationToken: cancellation);
        _blocks.Add(id);
        _length = 0;
    }
}
