using System.Collections.Concurrent;
using System.Threading.Channels;
using Darkroom.LocalHost.Worker.Protocol;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Darkroom.LocalHost.Worker;

/// <summary>One worker process on its stream: requests go out, answers find the request they belong to.</summary>
internal sealed class WorkerChannel(string workerId, WorkerLog log)
{
    private const string HostVersion = "4.1037.0";
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _requests = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invocations = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The id that the process was started with, and by which it makes itself known.</summary>
    public string WorkerId => workerId;

    /// <summary>Where the worker serves HTTP itself; null if it takes requests over this channel.</summary>
    public Uri? HttpAddress { get; private set; }

    /// <summary>How many functions run now.</summary>
    public int Running => _invocations.Count;

    /// <summary>Says hello, and asks for the app's functions.</summary>
    /// <exception cref="StartException">The worker refuses to start, or cannot list its functions.</exception>
    public async Task<IReadOnlyList<RpcFunctionMetadata>> InitializeAsync(string folder, CancellationToken cancellation)
    {
        await _started.Task.WaitAsync(cancellation);
        var init = new WorkerInitRequest { HostVersion = HostVersion, WorkerDirectory = folder, FunctionAppDirectory = folder };
        var answer = (await AskAsync(new StreamingMessage { WorkerInitRequest = init }, cancellation)).WorkerInitResponse;
        ThrowIfFailed(answer.Result, "The worker refused to start");
        if (answer.Capabilities.TryGetValue("HttpUri", out var address) && address.Length > 0)
            HttpAddress = new Uri(address);

        var metadata = (
            await AskAsync(
                new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder } },
                cancellation)).FunctionMetadataResponse;
        ThrowIfFailed(metadata.Result, "The worker cannot list its functions");
        return [.. metadata.FunctionMetadataResults];
    }

    /// <summary>Makes the worker load a function.</summary>
    /// <returns>Why it cannot; null if it can.</returns>
    public async Task<string?> LoadAsync(RpcFunctionMetadata function, CancellationToken cancellation)
    {
        var request = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
        var result = (await AskAsync(new StreamingMessage { FunctionLoadRequest = request }, cancellation)).FunctionLoadResponse.Result;
        return result.Status == StatusResult.Types.Status.Success ? null : result.Exception?.Message ?? "no reason given";
    }

    /// <summary>Runs a function.</summary>
    /// <exception cref="WorkerFunctionException">It failed.</exception>
    /// <exception cref="WorkerProcessExitException">The worker ended before it answered.</exception>
    public async Task<InvocationResponse> InvokeAsync(InvocationRequest request, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _invocations[request.InvocationId] = answer;
        try
        {
            if (!_outgoing.Writer.TryWrite(new StreamingMessage { InvocationRequest = request }))
                throw new WorkerProcessExitException();
            // The worker is asked to stop, and answers in its own time: what it did must not get lost.
            using var cancel = cancellation.Register(() =>
                _outgoing.Writer.TryWrite(
                    new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }));
            var response = await answer.Task;
            return response.Result.Status == StatusResult.Types.Status.Success
                ? response
                : throw new WorkerFunctionException(response.Result);
        }
        finally
        {
            _invocations.TryRemove(request.InvocationId, out _);
        }
    }

    /// <summary>Asks the worker to end by itself.</summary>
    public void Terminate(TimeSpan grace) =>
        _outgoing.Writer.TryWrite(
            new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(grace) } });

    /// <summary>Whether the worker is gone.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The worker is gone: whatever waits for an answer gets none.</summary>
    public void Close()
    {
        IsClosed = true;
        _outgoing.Writer.TryComplete();
        foreach (var request in _requests.Values)
            request.TrySetException(new WorkerProcessExitException());
        foreach (var invocation in _invocations.Values)
            invocation.TrySetException(new WorkerProcessExitException());
        _started.TrySetException(new WorkerProcessExitException());
    }

    /// <summary>Carries messages both ways until the stream ends.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellation)
    {
        _started.TrySetResult();
        var sending = SendAsync(outgoing, cancellation);
        try
        {
            while (await incoming.MoveNext(cancellation))
                Take(incoming.Current);
            _outgoing.Writer.TryComplete();
            await sending;
        }
        finally
        {
            // Known here before the process is seen to have ended.
            Close();
        }
    }

    private async Task SendAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellation)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellation))
            await outgoing.WriteAsync(message, cancellation);
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.RpcLog:
                log.Write(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (_invocations.TryGetValue(message.InvocationResponse.InvocationId, out var invocation))
                    invocation.TrySetResult(message.InvocationResponse);
                break;
            default:
                if (_requests.TryRemove(message.RequestId, out var request))
                    request.TrySetResult(message);
                break;
        }
    }

    private async Task<StreamingMessage> AskAsync(StreamingMessage message, CancellationToken cancellation)
    {
        message.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests[message.RequestId] = answer;
        // Written before the worker was gone it is told by Close; after that nobody would.
        if (!_outgoing.Writer.TryWrite(message))
            throw new WorkerProcessExitException();
        return await answer.Task.WaitAsync(cancellation);
    }

    private static void ThrowIfFailed(StatusResult? result, string what)
    {
        if (result is { Status: not StatusResult.Types.Status.Success })
            throw new StartException($"{what}: {result.Exception?.Message ?? result.Result}");
    }
}
