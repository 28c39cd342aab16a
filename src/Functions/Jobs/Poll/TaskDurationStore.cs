using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Darkroom.Storage;

namespace Darkroom.Jobs.Poll;

/// <summary>
/// The learned durations of tasks: a small blob to which all workers add. A worker keeps its new durations in memory until they are
/// written, so concurrent writes lose nothing. A crash loses the durations of the last seconds.
/// </summary>
public sealed class TaskDurationStore(Containers containers, TimeProvider time) : IDisposable
{
    private const string Name = "experience.json";
    private const int WriteAfter = 1000;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _writing = new(1);
    private ConcurrentDictionary<string, TaskStatistics> _unwritten = new();
    private Dictionary<string, TaskStatistics> _known = [];
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private int _seen;

    /// <summary>The expected duration of a kind of task.</summary>
    public async Task<Expectation> ExpectAsync(TaskKind kind, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (time.GetUtcNow() - _readAt > WriteEvery)
            await MergeAsync(cancellation);
        var known = _known.GetValueOrDefault(kind.Key, TaskStatistics.None);
        return known.Plus(_unwritten.GetValueOrDefault(kind.Key, TaskStatistics.None)).Expect(kind.Guess());
    }

    /// <summary>Adds the duration of one task.</summary>
    public async Task AddAsync(TaskKind kind, TimeSpan took, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kind);
        _unwritten.AddOrUpdate(kind.Key, _ => TaskStatistics.None.With(took.TotalSeconds), (_, before) => before.With(took.TotalSeconds));
        if (Interlocked.Increment(ref _seen) >= WriteAfter || time.GetUtcNow() - _readAt > WriteEvery)
            await MergeAsync(cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private async Task MergeAsync(CancellationToken cancellation)
    {
        // One merge at a time is enough. Other calls continue with what is known.
        if (!await _writing.WaitAsync(TimeSpan.Zero, cancellation))
            return;
        try
        {
            var mine = Interlocked.Exchange(ref _unwritten, new());
            Interlocked.Exchange(ref _seen, 0);
            var isWritten = false;
            try
            {
                isWritten = await TryMergeAsync(mine, cancellation);
            }
            finally
            {
                if (!isWritten)
                    RestoreUnwritten(mine);
            }

            _readAt = time.GetUtcNow();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<bool> TryMergeAsync(IReadOnlyDictionary<string, TaskStatistics> mine, CancellationToken cancellation)
    {
        var blob = containers.Jobs.GetBlobClient(Name);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            try
            {
                var (known, seen) = await ReadAsync(blob, cancellation);
                foreach (var (kind, more) in mine)
                    known[kind] = known.GetValueOrDefault(kind, TaskStatistics.None).Plus(more);
                if (mine.Count > 0)
                {
                    var conditions = seen is { } tag
                        ? new BlobRequestConditions { IfMatch = tag }
                        : new BlobRequestConditions { IfNoneMatch = ETag.All };
                    await blob.UploadAsync(StoredJson.Content(known), new BlobUploadOptions { Conditions = conditions }, cancellation);
                }

                _known = known;
                return true;
            }
            catch (RequestFailedException crossed) when (crossed.IsConflict)
            {
                // Another worker wrote in the meantime: read the blob again and add to it.
            }
            catch (Exception exception) when (StorageTrouble.Is(exception))
            {
                // Learned durations are optional: without storage, tasks continue with what is known.
                return false;
            }
        }

        return false;
    }

    private static async Task<(Dictionary<string, TaskStatistics> Known, ETag? Seen)> ReadAsync(
        BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            var found = (await blob.DownloadContentAsync(cancellation)).Value;
            return (KnownOf(found.Content), found.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return ([], null);
        }
    }

    private static Dictionary<string, TaskStatistics> KnownOf(BinaryData content)
    {
        try
        {
            return content.ToObjectFromJson<Dictionary<string, TaskStatistics>>(StoredJson.Options) ?? [];
        }
        catch (JsonException)
        {
            // The blob is not valid JSON. Start again without learned durations, because a paid task must not fail because of this blob.
            return [];
        }
    }

    private void RestoreUnwritten(IReadOnlyDictionary<string, TaskStatistics> mine)
    {
        foreach (var (kind, statistics) in mine)
            _unwritten.AddOrUpdate(kind, _ => statistics, (_, since) => since.Plus(statistics));
    }
}
