using System.Runtime.CompilerServices;
using Darkroom.Gate;
using Darkroom.Jobs;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary>
/// Watches a job for those who hold a connection open for it. The durable client tells only of an end, and that late; so the job is looked
/// at,
/// right after each of its steps that runs here and every two seconds otherwise. No job waits on this, only a caller who asked to.
/// </summary>
public sealed class JobWatch(JobSignals steps, TimeProvider time, GateStatusCache gateStatus)
{
    /// <summary>Waits until the job is over, or for so long.</summary>
    public async Task UntilEndAsync(DurableTaskClient client, string jobId, int seconds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (seconds <= 0)
            return;
        using var wait = new LimitedWait(steps.Follow(jobId), TimeSpan.FromSeconds(seconds), time, cancellation);
        while (
            await client.GetInstanceAsync(jobId, getInputsAndOutputs: false, cancellation) is { IsCompleted: false }
                && await wait.NextLookAsync())
        {
            // Until it is over.
        }
    }

    /// <summary>Waits until anything a caller can see of the job has changed, or for so long.</summary>
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

    /// <summary>Looks at a job, again and again.</summary>
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

    private async Task<(JobRecord? Job, GateSnapshot? Gate)> LookAsync(
        DurableTaskClient client, string jobId, CancellationToken cancellation)
    {
        var job = await JobReader.TryGetAsync(client, jobId, cancellation);
        return (job, job is null ? null : await gateStatus.ReadAsync(client, cancellation));
    }

    private static string Fingerprint(JobRecord job, GateSnapshot? gate)
    {
        var view = JobView.Of(job, gate, "", default);
        var progress = $"{view.Progress.QueuePosition}|{view.Progress.Polls}|{view.Images.Count}";
        return $"{view.Status}|{view.Stage}|{progress}|{view.CancelRequested}|{view.Attempt}";
    }

    /// <summary>Waits between looks, for so long in all. A look itself is never cut off.</summary>
    private sealed class LimitedWait(
        JobSignals.Follower follower, TimeSpan longest, TimeProvider time, CancellationToken cancellation) : IDisposable
    {
        private readonly CancellationTokenSource _enough = new(longest, time);

        /// <summary>False when there is no time left for another look.</summary>
        public async Task<bool> NextLookAsync()
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_enough.Token, cancellation);
            try
            {
                await follower.NextLookAsync(either.Token);
                return true;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        public void Dispose()
        {
            follower.Dispose();
            _enough.Dispose();
        }
    }
}
