using System.Runtime.CompilerServices;
using Darkroom.Gate;
using Darkroom.Generation;
using Darkroom.Settings;
using Microsoft.DurableTask.Client;

namespace Darkroom.Http;

/// <summary>
/// Watches a job for those who hold a connection open for it. The durable client tells only of an end; everything else has to be looked for,
/// at the pace at which upstream is looked at. No job waits on this, only a caller who asked to.
/// </summary>
public sealed class JobWatch(DarkroomSettings settings, TimeProvider time, GateGlance gateGlance)
{
    /// <summary>Waits until the job is over, or for so long.</summary>
    public async Task UntilEndAsync(DurableTaskClient client, string jobId, int seconds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (seconds <= 0)
            return;
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellation);
        try
        {
            await client.WaitForInstanceCompletionAsync(jobId, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Waited long enough: the job is told as it is.
        }
    }

    /// <summary>Waits until anything a caller can see of the job has changed, or for so long.</summary>
    public async Task UntilChangeAsync(DurableTaskClient client, string jobId, int seconds, CancellationToken cancellation)
    {
        var until = time.GetUtcNow().AddSeconds(seconds);
        string? first = null;
        await foreach (var (job, gate) in LooksAsync(client, jobId, cancellation))
        {
            var seen = job is null ? "" : Fingerprint(job, gate);
            first ??= seen;
            if (seen != first || job is null || job.State.Status.IsTerminal() || time.GetUtcNow() >= until)
                return;
        }
    }

    /// <summary>Looks at a job, again and again.</summary>
    public async IAsyncEnumerable<(JobRecord? Job, GateShown? Gate)> LooksAsync(DurableTaskClient client, string jobId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(Math.Clamp(settings.PollFloorSeconds, 0.05, 1)), time);
        do
        {
            var job = await JobReader.TryGetAsync(client, jobId, cancellation);
            yield return (job, job is null ? null : await gateGlance.ReadAsync(client, cancellation));
        }
        while (await pace.WaitForNextTickAsync(cancellation));
    }

    private static string Fingerprint(JobRecord job, GateShown? gate)
    {
        var view = JobView.Of(job, gate, "", default);
        return $"{view.Status}|{view.Stage}|{view.Progress.QueuePosition}|{view.Progress.Polls}|{view.Images.Count}|{view.CancelRequested}|{view.Attempt}";
    }
}
