using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Darkroom.Api.Images;
using Darkroom.Gate;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Events;

/// <summary>The states of the gate, for callers that hold a connection open.</summary>
public sealed class GateStates(GateStatusCache status, GateView view, JobSignals signals)
{
    /// <summary>The gate now, and again after each change.</summary>
    public async IAsyncEnumerable<SseItem<string>> ChangesAsync(
        DurableTaskClient client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var follower = signals.Follow(UpstreamGate.InstanceId);
        for (var last = ""; ; await follower.NextLookAsync(cancellation))
        {
            var state = view.Json(await status.ReadAsync(client, cancellation));
            if (state != last)
                yield return new SseItem<string>(last = state, "gate");
        }
    }
}
