using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Darkroom.Storage;

namespace Darkroom.Jobs;

/// <summary>
/// Which jobs there are, the newest first: an empty blob for each, whose name begins with its time counted backwards, so that storage
/// itself keeps the order. What a job is, only its instance knows.
/// </summary>
public sealed class JobIndex(Containers containers)
{
    private const string Folder = "cards/";
    private const int PageSize = 100;

    /// <summary>Adds a job's card.</summary>
    public Task AddAsync(string jobId, DateTime createdAt, CancellationToken cancellation) =>
        containers.Jobs.GetBlobClient(NameOf(jobId, createdAt)).UploadAsync(BinaryData.FromString(""), overwrite: true, cancellation);

    /// <summary>Takes a card away.</summary>
    public Task RemoveAsync(JobIndexEntry card, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(card);
        return containers.Jobs.GetBlobClient(card.Place.Last).DeleteIfExistsAsync(cancellationToken: cancellation);
    }

    /// <summary>The cards from the newest to the oldest, each with the place where listing can be taken up behind it.</summary>
    /// <param name="from">The oldest creation time wanted.</param>
    /// <param name="to">The newest creation time wanted.</param>
    /// <param name="after">Where an earlier listing ended.</param>
    /// <param name="cancellation">Ends the listing.</param>
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
                foreach (var card in page.Values.Select(blob => Read(blob, day.Prefix, marker)).OfType<JobIndexEntry>())
                {
                    if (!(card.CreatedAt > to) && !(card.CreatedAt < from)
                            && (after is null || string.CompareOrdinal(card.Place.Last, after.Last) > 0))
                        yield return card;
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
        var number = int.Parse(day.AsSpan(Folder.Length).TrimEnd('/'), CultureInfo.InvariantCulture);
        var begins = DateTime.MaxValue.Date.AddDays(-number);
        return begins > to || begins.AddDays(1) <= from;
    }

    private static string NameOf(string jobId, DateTime createdAt)
    {
        var days = (DateTime.MaxValue.Date - createdAt.Date).Days;
        return string.Create(CultureInfo.InvariantCulture, $"{Folder}{days:D7}/{DateTime.MaxValue.Ticks - createdAt.Ticks:D19}-{jobId}");
    }
}

/// <summary>A job that was asked for.</summary>
public sealed record JobIndexEntry(string JobId, DateTime CreatedAt, JobIndexPosition Place);

/// <summary>Where listing can be taken up.</summary>
public sealed record JobIndexPosition(string Day, string? Marker, string Last)
{
    // Whoever makes one up is told so, instead of storage.
    private static bool IsOurs(JobIndexPosition place) =>
        place.Day?.Split('/') is ["cards", { Length: 7 } day, ""] && day.All(char.IsAsciiDigit)
            && place.Last?.StartsWith(place.Day, StringComparison.Ordinal) == true;

    /// <summary>As a token.</summary>
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>False when the token was never given out.</summary>
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
