using System.Runtime.CompilerServices;
using Darkroom.Gate;
using Darkroom.Generation;
using Microsoft.DurableTask.Client;

namespace Darkroom.Http;

/// <summary>
/// Watches a job for those who hold a connection open for it. The durable client tells only of an end, and that late; so the job is looked at,
/// right after each of its steps that runs here and every two seconds otherwise. No job waits on this, only a caller who asked to.
/// </summary>
public sealed class JobWatch(JobSteps steps, TimeProvider time, GateGlance gateGlance)
{
    /// <summary>Waits until the job is over, or for so long.</summary>
    public async Task UntilEndAsync(DurableTaskClient client, string jobId, int seconds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (seconds <= 0)
            return;
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellation);
        using var follower = steps.Follow(jobId);
        try
        {
            while (await client.GetInstanceAsync(jobId, getInputsAndOutputs: false, either.Token) is { IsCompleted: false })
                await follower.NextLookAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Waited long enough: the job is told as it is.
        }
    }

    /// <summary>Waits until anything a caller can see of the job has changed, or for so long.</summary>
    public async Task UntilChangeAsync(DurableTaskClient client, string jobId, int seconds, CancellationToken cancellation)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellation);
        string? first = null;
        try
        {
            await foreach (var (job, gate) in LooksAsync(client, jobId, either.Token))
            {
                var seen = job is null ? "" : Fingerprint(job, gate);
                first ??= seen;
                if (seen != first || job is null || job.State.Status.IsTerminal())
                    return;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Waited long enough.
        }
    }

    /// <summary>Looks at a job, again and again.</summary>
    public async IAsyncEnumerable<(JobRecord? Job, GateShown? Gate)> LooksAsync(DurableTaskClient client, string jobId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var follower = steps.Follow(jobId);
        while (true)
        {
            var job = await JobReader.TryGetAsync(client, jobId, cancellation);
            yield return (job, job is null ? null : await gateGlance.ReadAsync(client, cancellation));
            await follower.NextLookAsync(cancellation);
        }
    }

    private static string Fingerprint(JobRecord job, GateShown? gate)
    {
        var view = JobView.Of(job, gate, "", default);
        return $"{view.Status}|{view.Stage}|{view.Progress.QueuePosition}|{view.Progress.Polls}|{view.Images.Count}|{view.CancelRequested}|{view.Attempt}";
    }
}
