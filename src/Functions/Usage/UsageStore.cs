using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Darkroom.ModelScope.Failures;
using Darkroom.Storage;

namespace Darkroom.Usage;

/// <summary>
/// Counts tasks in a table: one row for each task, with the day as its partition. A row is written again with the same key when an activity
/// runs again, so each task counts once. Reading costs one transaction for every thousand tasks.
/// </summary>
public sealed class UsageStore(TableServiceClient tables) : IStoragePart
{
    private readonly TableClient _table = tables.GetTableClient("darkroomusage");

    /// <inheritdoc/>
    public Task CreateAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);

    /// <summary>The key of a task that ModelScope accepted.</summary>
    public static string KeyOf(string jobId, string taskId) =>
        // A task id may have characters that a key must not have.
        $"{jobId}!{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(taskId)))[..16]}";

    /// <summary>The key of a submit with an unknown outcome.</summary>
    public static string KeyOfUnknown(string jobId, int task, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{jobId}!unknown.{task}.{attempt}");

    /// <summary>The key of the pictures that a job reused.</summary>
    public static string KeyOfReused(string jobId) => $"{jobId}!reused";

    /// <summary>The day in China at a time.</summary>
    public static DateOnly DayOf(DateTime time) =>
        DateOnly.FromDateTime(ChinaDay.NextStart(new DateTimeOffset(time, TimeSpan.Zero)).UtcDateTime.AddHours(8)).AddDays(-1);

    /// <summary>
    /// Writes a row. An outcome replaces an earlier one, but a row without an outcome (<see cref="TaskOutcome.Accepted"/>) leaves a
    /// recorded outcome in place.
    /// </summary>
    public async Task WriteAsync(string key, UsageRow row, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(row);
        var entity = new TableEntity(PartitionOf(row.Day), key)
        {
            ["Model"] = row.About.Model,
            ["Caller"] = row.About.Caller,
            ["Batch"] = row.About.Batch,
            ["Deadline"] = row.Deadline,
        };
        if (row.Outcome != TaskOutcome.Accepted)
        {
            entity["Outcome"] = $"{row.Outcome}";
            entity["Pictures"] = row.Pictures;
            entity["Reused"] = row.Reused;
        }

        await _table.UpsertEntityAsync(entity, TableUpdateMode.Merge, cancellation);
    }

    /// <summary>Removes a row that turned out to be wrong.</summary>
    public Task DeleteAsync(string key, DateOnly day, CancellationToken cancellation) =>
        _table.DeleteEntityAsync(PartitionOf(day), key, cancellationToken: cancellation);

    /// <summary>Reads the rows of some days, the first and the last included.</summary>
    public async IAsyncEnumerable<UsageRow> ReadAsync(
        DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (first, last) = (PartitionOf(from), PartitionOf(to));
        var days = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}");
        await foreach (var row in _table.QueryAsync<TableEntity>(days, cancellationToken: cancellation))
        {
            yield return new UsageRow(
                DateOnly.ParseExact(row.PartitionKey, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                Enum.TryParse<TaskOutcome>(row.GetString("Outcome"), out var outcome) ? outcome : TaskOutcome.Accepted,
                new UsageLabels(row.GetString("Model") ?? "", row.GetString("Caller"), row.GetString("Batch")))
            {
                Pictures = row.GetInt32("Pictures") ?? 0,
                Reused = row.GetInt32("Reused") ?? 0,
                Deadline = row.GetDateTime("Deadline")?.ToUniversalTime(),
            };
        }
    }

    /// <summary>The number of tasks that were submitted on a day.</summary>
    public async Task<int> CountAsync(DateOnly day, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var row in ReadAsync(day, day, cancellation))
            count += row.Outcome == TaskOutcome.Reused ? 0 : 1;
        return count;
    }

    private static string PartitionOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
