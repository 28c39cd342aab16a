using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Darkroom.Storage;

namespace Darkroom.Jobs;

/// <summary>
/// Lists the jobs, newest first. Each job has an entry: an empty blob whose name begins with the creation time counted backwards, so that
/// storage itself keeps the order. The state of a job is only in its durable instance.
/// </summary>
public sealed class JobIndex(Containers containers)
{
    // The name that the folder has in storage.
    private const string Folder = "cards/";
    private const int PageSize = 100;

    public Task AddAsync(string jobId, DateTime createdAt, CancellationToken cancellation) =>
        containers.Jobs.GetBlobClient(NameOf(jobId, createdAt)).UploadAsync(BinaryData.FromString(""), overwrite: true, cancellation);

    public Task RemoveAsync(JobIndexEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return containers.Jobs.GetBlobClient(entry.Place.Last).DeleteIfExistsAsync(cancellationToken: cancellation);
    }

    /// <summary>
    /// Lists the entries from the newest to the oldest. Each entry has the position from which a later listing continues after it.
    /// </summary>
    /// <param name="from">The oldest creation time to include.</param>
    /// <param name="to">The newest creation time to include.</param>
    /// <param name="after">The position of the last entry of an earlier listing; null to start at the newest entry.</param>
    /// <param name="cancellation">Stops the listing.</param>
    public async IAsyncEnumerable<JobIndexEntry> ListAsync(
        DateTime? from, DateTime? to, JobIndexPosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var day in containers.Jobs.GetBlobsByHierarchyAsync(BlobTraits.None, BlobStates.None, "/", Folder, cancellation))
        {
            if (!day.IsPrefix || string.CompareOrdinal(day.Prefix, after?.Day) < 0 || IsOutside(day.Prefix, from, to))
                continue;

            var marker = day.Prefix == after?.Day ? after.Marker : null;
            await foreach (
                var page in containers.Jobs.GetBlobsAsync(
                    BlobTraits.None, BlobStates.None, day.Prefix, cancellation).AsPages(marker, PageSize))
            {
                foreach (var entry in page.Values.Select(blob => Read(blob, day.Prefix, marker)).OfType<JobIndexEntry>())
                {
                    if (!(entry.CreatedAt > to) && !(entry.CreatedAt < from)
                            && (after is null || string.CompareOrdinal(entry.Place.Last, after.Last) > 0))
                        yield return entry;
                }

                marker = page.ContinuationToken;
            }
        }
    }

    private static JobIndexEntry? Read(BlobItem blob, string day, string? marker)
    {
        var name = blob.Name.AsSpan(day.Length);
        var dash = name.IndexOf('-');
        return dash > 0 && long.TryParse(name[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var backwards)
            ? new JobIndexEntry(
                name[(dash + 1)..].ToString(),
                new DateTime(DateTime.MaxValue.Ticks - backwards, DateTimeKind.Utc),
                new JobIndexPosition(day, marker, blob.Name))
            : null;
    }

    private static bool IsOutside(string day, DateTime? from, DateTime? to)
    {
        // A folder that is not ours is left out.
        var name = day.AsSpan(Folder.Length).TrimEnd('/');
        if (
            !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number > DateTime.MaxValue.Ticks / TimeSpan.TicksPerDay)
            return true;
        var begins = DateTime.MaxValue.Date.AddDays(-number);
        return begins > to || begins.AddDays(1) <= from;
    }

    private static string NameOf(string jobId, DateTime createdAt)
    {
        var days = (DateTime.MaxValue.Date - createdAt.Date).Days;
        return string.Create(CultureInfo.InvariantCulture, $"{Folder}{days:D7}/{DateTime.MaxValue.Ticks - createdAt.Ticks:D19}-{jobId}");
    }
}

/// <summary>An entry of the index.</summary>
public sealed record JobIndexEntry(string JobId, DateTime CreatedAt, JobIndexPosition Place);

/// <summary>A position in the index, from which a listing continues.</summary>
public sealed record JobIndexPosition(string Day, string? Marker, string Last)
{
    // This check gives the caller of an invented token a clear error instead of a failure from storage.
    private static bool IsOurs(JobIndexPosition place) =>
        place.Day?.Split('/') is ["cards", { Length: 7 } day, ""] && day.All(char.IsAsciiDigit)
            && place.Last?.StartsWith(place.Day, StringComparison.Ordinal) == true;

    /// <summary>The position as a token for callers.</summary>
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Reads a token; false if the app cannot have issued it. An empty token is valid and gives null.</summary>
    public static bool TryParse(string? token, out JobIndexPosition? place)
    {
        place = null;
        if (string.IsNullOrEmpty(token))
            return true;

        try
        {
            place = JsonSerializer.Deserialize<JobIndexPosition>(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)));
            return place is not null && IsOurs(place);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return false;
        }
    }
}
