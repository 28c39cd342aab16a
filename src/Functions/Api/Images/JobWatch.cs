using System.Runtime.CompilerServices;
using Darkroom.Gate;
using Darkroom.Jobs;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary>
/// Reads a job repeatedly for callers that hold a connection open. The durable client reports only the end of an instance, and late. So the
/// job is read soon after each of its activities that runs in this process, and every two seconds otherwise. Only callers wait here; jobs
/// never do.
/// </summary>
public sealed class JobWatch(JobSignals steps, TimeProvider time, GateStatusCache gateStatus)
{
    /// <summary>Waits until the job has ended, but not longer than <paramref name="seconds"/>.</summary>
    public async Task UntilEndAsync(DurableTaskClient client, string jobId, int seconds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (seconds <= 0)
            return;
        using var wait = new LimitedWait(steps.Follow(jobId), TimeSpan.FromSeconds(seconds), time, cancellation);
        while (await client.GetInstanceAsync(jobId, getInputsAndOutputs: false, cancellation) is { IsCompleted: false }
                && await wait.NextLookAsync())
        {
            // The condition reads the job and waits.
        }
    }

    /// <summary>Waits until the visible state of the job has changed, but not longer than <paramref name="seconds"/>.</summary>
    public async Task UntilChangeAsync(DurableTaskClient client, string jobId, int seconds, CancellationToken cancellation)
    {
        using var wait = new LimitedWait(steps.Follow(jobId), TimeSpan.FromSeconds(seconds), time, cancellation);
        string? first = null;
        do
        {
            var (job, gate) = await LookAsync(client, jobId, cancellation);
            var seen = job is null ? "" : Fingerprint(job, gate);
            first ??= seen;
            if (seen != first || job is null || job.State.Status.IsTerminal())
                return;
        }
        while (await wait.NextLookAsync());
    }

    /// <summary>Reads the job repeatedly until the enumeration is cancelled.</summary>
    public async IAsyncEnumerable<(JobRecord? Job, GateSnapshot? Gate)> LooksAsync(
        DurableTaskClient client, string jobId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var follower = steps.Follow(jobId);
        while (true)
        {
            yield return await LookAsync(client, jobId, cancellation);
            await follower.NextLookAsync(cancellation);
        }
    }

    /// <summary>
    /// The job now, and again after each change, until it has ended; null if there is no such job, which ends the enumeration too.
    /// </summary>
    public async IAsyncEnumerable<(JobRecord? Job, GateSnapshot? Gate)> ChangesAsync(
        DurableTaskClient client, string jobId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? last = null;
        await foreach (var look in LooksAsync(client, jobId, cancellation))
        {
            var seen = look.Job is null ? null : Fingerprint(look.Job, look.Gate);
            if (seen is null || seen != last)
                yield return look;
            if (look.Job is null || look.Job.State.Status.IsTerminal())
                yield break;
            last = seen;
        }
    }

    private async Task<(JobRecord? Job, GateSnapshot? Gate)> LookAsync(
        DurableTaskClient client, string jobId, CancellationToken cancellation)
    {
        var job = await JobReader.TryGetAsync(client, jobId, cancellation);
        return (job, job is null ? null : await gateStatus.ReadAsync(client, cancellation));
    }

    // What counts as a change. The remaining time changes with every read.
    private static string Fingerprint(JobRecord job, GateSnapshot? gate)
    {
        var view = JobView.Of(job, gate, "", default);
        var progress = $"{view.Progress.QueuePosition}|{view.Progress.Polls}|{view.Images.Count}";
        return $"{view.Status}|{view.Stage}|{progress}|{view.CancelRequested}|{view.Attempt}";
    }
}
