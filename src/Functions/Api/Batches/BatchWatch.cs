using System.Runtime.CompilerServices;
using Darkroom.Batches;
using Darkroom.Settings;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Batches;

/// <summary>Reads a batch repeatedly for callers that hold a connection open.</summary>
public sealed class BatchWatch(BatchAnswers answers, DarkroomSettings settings, TimeProvider time)
{
    /// <summary>The batch now, and again whenever its state or its counts have changed, until it has finished.</summary>
    public async IAsyncEnumerable<(BatchRecord Batch, BatchView View)> ChangesAsync(
        DurableTaskClient client, string id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(Math.Clamp(settings.PollFloorSeconds, 0.05, 1)), time);
        (BatchStatus, BatchCounts)? last = null;
        do
        {
            if (await BatchReader.TryGetAsync(client, id, cancellation) is not { } batch)
                yield break;
            var view = await answers.ViewAsync(client, batch, cancellation);
            if ((view.Status, view.Counts) != last)
            {
                last = (view.Status, view.Counts);
                yield return (batch, view);
            }

            if (view.Status == BatchStatus.Finished)
                yield break;
        }
        while (await pace.WaitForNextTickAsync(cancellation));
    }
}
