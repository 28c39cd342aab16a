using Darkroom.LocalHost.Worker.Protocol;
using Grpc.Core;

namespace Darkroom.Fuzz.Targets;

/// <summary>
/// The stream of a worker that answers each request with its next message. The ids of the answers are set here, because no change of an
/// input would guess them.
/// </summary>
internal sealed class WorkerStream(IReadOnlyList<StreamingMessage> messages) : IAsyncStreamReader<StreamingMessage>,
    IServerStreamWriter<StreamingMessage>
{
    // After so many steps the host waits for nothing.
    private const int Patience = 12;

    private readonly Queue<StreamingMessage> _requests = new();
    private int _next;

    public StreamingMessage Current { get; private set; } = new();

    public WriteOptions? WriteOptions { get; set; }

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        for (var step = 0; step < Patience && _requests.Count == 0; step++)
            await Task.Yield();
        if (_next == messages.Count)
            return false;
        Current = messages[_next++];
        if (_requests.TryDequeue(out var request))
        {
            Current.RequestId = request.RequestId;
            if (Current.InvocationResponse is { } response && request.InvocationRequest is { } invocation)
                response.InvocationId = invocation.InvocationId;
        }

        return true;
    }

    public Task WriteAsync(StreamingMessage message)
    {
        _requests.Enqueue(message);
        return Task.CompletedTask;
    }
}
