using Darkroom.Jobs;
using Darkroom.Queues;
using Darkroom.Settings;
using Darkroom.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.Maintenance;

/// <summary>
/// Purges jobs and batches whose retention time is over, with their pictures. A run stops at a limit, and the next run continues there. A
/// job that has not ended is never purged.
/// </summary>
public sealed partial class Retention(
    JobPurge purge,
    BatchPurge batches,
    PoisonMessages poison,
    RetentionCursor cursor,
    DarkroomSettings settings,
    TimeProvider time,
    ILogger<Retention> log)
{
    /// <summary>The largest number of jobs that one run purges.</summary>
    public const int MaxPurges = 1000;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    /// <summary>Runs every hour.</summary>
    [Function(nameof(Retention))]
    public async Task RunAsync(
        [TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var before = time.GetUtcNow().UtcDateTime.AddDays(-settings.RetentionDays);
        var goneBatches = await batches.RunAsync(client, before, MaxPurges, settings.RetentionDryRun, cancellation);
        if (!settings.RetentionDryRun)
            await poison.PurgeAsync(before, cancellation);
        var (purged, kept) = (0, 0);
        await foreach (var entry in cursor.ListAsync(before, cancellation))
        {
            if (await TryPurgeAsync(client, entry, before, cancellation))
                purged++;
            else
                kept++;
            if (purged < MaxPurges && time.GetElapsedTime(began) < LongestRun)
                continue;
            await cursor.WriteAsync(entry.Place, cancellation);
            Count(purged);
            LogInterrupted(purged, kept);
            return;
        }

        await cursor.DeleteAsync(cancellation);
        Count(purged);
        LogDone(purged, goneBatches, kept, before, settings.RetentionDryRun);
    }

    private async Task<bool> TryPurgeAsync(DurableTaskClient client, JobIndexEntry entry, DateTime before, CancellationToken cancellation)
    {
        if (RetentionRules.Decide(await purge.LookAsync(client, entry, cancellation), before) == RetentionVerdict.Keep)
            return false;
        if (!settings.RetentionDryRun)
            return await purge.TryPurgeAsync(client, entry, before, cancellation);
        LogWould(entry.JobId, entry.CreatedAt);
        return true;
    }

    private void Count(int purged) => TimerMetrics.RetentionRan(settings.RetentionDryRun ? 0 : purged);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Retention (dry run): job {JobId}, created at {CreatedAt}, would be purged.")]
    private partial void LogWould(string jobId, DateTime createdAt);

    [
        LoggerMessage(
            Level = LogLevel.Information,
            Message = "Retention: stopped at the limit of a run, {Purged} jobs purged, {Kept} kept. The next run continues from here.")]
    private partial void LogInterrupted(int purged, int kept);

    [LoggerMessage(
        Level = LogLevel.Information,
            Message =
                "Retention: {Purged} jobs and {Batches} batches from before {Before} purged (dry run: {DryRun}). {Kept} jobs kept: they "
                    + "have not ended, ended later, or another job or a webhook still needs them.")]
    private partial void LogDone(int purged, int batches, int kept, DateTime before, bool dryRun);
}
