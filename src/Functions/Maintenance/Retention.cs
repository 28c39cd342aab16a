using Darkroom.Jobs;
using Darkroom.Queues;
using Darkroom.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Darkroom.Maintenance;

/// <summary>
/// Forgets jobs and batches that were over long enough ago, with their pictures. Each run does so much and no more; the next goes on where
/// it ended. A job
/// that is not over is never touched.
/// </summary>
public sealed partial class Retention(
    JobIndex cards,
    JobPurge purge,
    BatchPurge batches,
    PoisonMessages poison,
    RetentionCursor place,
    DarkroomSettings settings,
    TimeProvider time,
    ILogger<Retention> log)
{
    /// <summary>The most jobs that one run purges.</summary>
    public const int MostPurges = 1000;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    /// <summary>One run, every hour.</summary>
    [Function(nameof(Retention))]
    public async Task RunAsync(
        [TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var before = time.GetUtcNow().UtcDateTime.AddDays(-settings.RetentionDays);
        var goneBatches = await batches.RunAsync(client, before, MostPurges, settings.RetentionDryRun, cancellation);
        if (!settings.RetentionDryRun)
            await poison.PurgeAsync(before, cancellation);
        var (purged, kept) = (0, 0);
        await foreach (var card in cards.ListAsync(from: null, to: before, await place.ReadAsync(cancellation), cancellation))
        {
            if (await TryPurgeAsync(client, card, before, cancellation))
                purged++;
            else
                kept++;
            if (purged < MostPurges && time.GetElapsedTime(began) < LongestRun)
                continue;
            await place.WriteAsync(card.Place, cancellation);
            LogInterrupted(purged, kept);
            return;
        }

        await place.ForgetAsync(cancellation);
        LogDone(purged, goneBatches, kept, before, settings.RetentionDryRun);
    }

    private async Task<bool> TryPurgeAsync(DurableTaskClient client, JobIndexEntry card, DateTime before, CancellationToken cancellation)
    {
        if (RetentionRules.Decide(await purge.LookAsync(client, card, cancellation), before) == RetentionVerdict.Keep)
            return false;
        if (!settings.RetentionDryRun)
            return await purge.TryPurgeAsync(client, card, before, cancellation);
        LogWould(card.JobId, card.CreatedAt);
        return true;
    }

    [
        LoggerMessage(
            Level = LogLevel.Information, Message = "Retention: job {JobId} of {CreatedAt} would be purged (Darkroom__RetentionDryRun).")]
    private partial void LogWould(string jobId, DateTime createdAt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention: {Purged} jobs so far, {Kept} kept; the next run goes on from here.")]
    private partial void LogInterrupted(int purged, int kept);

    [
        LoggerMessage(
            Level = LogLevel.Information,
            Message =
                "Retention: {Purged} jobs and {Batches} batches from before {Before} (dry run: {DryRun}), {Kept} kept because they are "
                    + "not over, ended later, or are needed by others.")]
    private partial void LogDone(int purged, int batches, int kept, DateTime before, bool dryRun);
}
