using System.Buffers;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Darkroom.Storage;

/// <summary>Writes a blob block by block. It must be the only writer of the name. The blob does not exist before the commit.</summary>
internal sealed class BlockUpload(BlockBlobClient blob) : IDisposable
{
    private const int BlockBytes = 4 << 20;

    private readonly byte[] _block = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private readonly List<string> _blocks = [];
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

    public async Task CommitAsync(string contentType, CancellationToken cancellation)
    {
        var headers = new BlobHttpHeaders { ContentType = contentType };
        if (_blocks.Count == 0)
        {
            using var whole = new MemoryStream(_block, 0, _length);
            await blob.UploadAsync(whole, new BlobUploadOptions { HttpHeaders = headers }, cancellation);
            return;
        }

        if (_length > 0)
            await StageAsync(cancellation);
        await blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions { HttpHeaders = headers }, cancellation);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_block);

    private async Task StageAsync(CancellationToken cancellation)
    {
        var id = Convert.ToBase64String(BitConverter.GetBytes(_blocks.Count));
        using var block = new MemoryStream(_block, 0, _length);
        await blob.StageBlockAsync(id, block, cancellationToken: cancellation);
        _blocks.Add(id);
        _length = 0;
    }
}
