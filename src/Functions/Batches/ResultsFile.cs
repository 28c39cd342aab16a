using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Darkroom.Batches.Input;
using Darkroom.Storage;

namespace Darkroom.Batches;

/// <summary>
/// An append-only file of result lines. One activity at a time writes it, and may be run again at any moment. Lines after the known length
/// were written by an earlier run whose result was lost, so they are read and not written again.
/// </summary>
internal sealed class ResultsFile(AppendBlobClient blob)
{
    private const int LongestLine = 1 << 20;

    /// <summary>The length of the file, and the lines after <paramref name="at"/>.</summary>
    public async Task<(long Length, IReadOnlyList<ResultLine> Lines)> OpenAsync(long at, CancellationToken cancellation)
    {
        var length = await LengthAsync(cancellation);
        if (length <= at)
            return (length, []);

        var lines = new List<ResultLine>();
        await foreach (var line in ReadAsync(at, length, cancellation))
            lines.Add(ResultLine.Read(line));
        return (length, lines);
    }

    /// <summary>Appends lines and returns the new length. It fails if the file no longer has the given length.</summary>
    public async Task<long> AppendAsync(long length, IReadOnlyCollection<ReadOnlyMemory<byte>> lines, CancellationToken cancellation)
    {
        if (lines.Count == 0)
            return length;
        if (length == 0)
            await blob.CreateIfNotExistsAsync(
                new AppendBlobCreateOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/x-ndjson" } }, cancellation);

        using var block = new MemoryStream();
        foreach (var line in lines)
        {
            block.Write(line.Span);
            block.WriteByte((byte)'\n');
        }

        block.Position = 0;
        await blob.AppendBlockAsync(
            block,
            new AppendBlobAppendBlockOptions { Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = length } },
            cancellation);
        return length + block.Length;
    }

    /// <summary>Reads all current lines.</summary>
    public async IAsyncEnumerable<ResultLine> AllAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var line in ReadAsync(0, await LengthAsync(cancellation), cancellation))
            yield return ResultLine.Read(line);
    }

    /// <summary>Copies the current content.</summary>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellation)
    {
        var left = await LengthAsync(cancellation);
        if (left == 0)
            return;
        await using var stream = await OpenReadAsync(0, cancellation);
        var block = new byte[128 * 1024];
        while (
            left > 0 && await stream.ReadAsync(block.AsMemory(0, (int)Math.Min(block.Length, left)), cancellation) is var read && read > 0)
        {
            await destination.WriteAsync(block.AsMemory(0, read), cancellation);
            left -= read;
        }
    }

    private async Task<long> LengthAsync(CancellationToken cancellation)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value.ContentLength;
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return 0;
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        long from, long to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        if (from >= to)
            yield break;
        await using var stream = await OpenReadAsync(from, cancellation);
        var lines = new LineSplitter(stream, LongestLine);
        while (from + lines.Position < to && await lines.ReadAsync(cancellation))
            yield return lines.Line;
    }

    // The file may grow during the read, but existing content never changes.
    private Task<Stream> OpenReadAsync(long from, CancellationToken cancellation) =>
        blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: true) { Position = from, BufferSize = 256 * 1024 }, cancellation);
}
