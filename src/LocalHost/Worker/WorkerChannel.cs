using System.Collections.Concurrent;
using System.Threading.Channels;
using Darkroom.LocalHost.Worker.Protocol;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Darkroom.LocalHost.Worker;

/// <summary>The gRPC stream to one worker process: sends requests, and matches answers to them.</summary>
internal sealed class WorkerChannel(string workerId, WorkerLog log)
{
    private const string HostVersion = "4.1037.0";
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _requests = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invocations = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The id that the process was started with, and that it sends when it connects.</summary>
    public string WorkerId => workerId;

    /// <summary>The address of the worker's HTTP server; null if requests go over this channel.</summary>
    public Uri? HttpAddress { get; private set; }

    /// <summary>The number of functions that are running.</summary>
    public int Running => _invocations.Count;

    /// <summary>Initializes the worker, and gets the metadata of its functions.</summary>
    /// <exception cref="StartException">The worker fails to initialize, or cannot list its functions.</exception>
    public async Task<IReadOnlyList<RpcFunctionMetadata>> InitializeAsync(string folder, CancellationToken cancellation)
    {
        await _started.Task.WaitAsync(cancellation);
        var init = new WorkerInitRequest { HostVersion = HostVersion, WorkerDirectory = folder, FunctionAppDirectory = folder };
        var answer = (await AskAsync(new StreamingMessage { WorkerInitRequest = init }, cancellation)).WorkerInitResponse
            ?? throw Unexpected(nameof(StreamingMessage.WorkerInitRequest));
        ThrowIfFailed(answer.Result, "The worker failed to initialize");
        if (answer.Capabilities.TryGetValue("HttpUri", out var address) && address.Length > 0)
            HttpAddress = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? uri
                : throw new StartException($"The worker's HttpUri is \"{address}\", which is not an http address.");

        var metadata = (
            await AskAsync(
                new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder } },
                cancellation)).FunctionMetadataResponse
            ?? throw Unexpected(nameof(StreamingMessage.FunctionsMetadataRequest));
        ThrowIfFailed(metadata.Result, "The worker cannot list its functions");
        return [.. metadata.FunctionMetadataResults];
    }

    /// <summary>Loads a function in the worker.</summary>
    /// <returns>The reason of a failure; null on success.</returns>
    public async Task<string?> LoadAsync(RpcFunctionMetadata function, CancellationToken cancellation)
    {
        var request = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function };
        var result = (await AskAsync(new StreamingMessage { FunctionLoadRequest = request }, cancellation)).FunctionLoadResponse?.Result;
        return result is { Status: StatusResult.Types.Status.Success } ? null : result?.Exception?.Message ?? "no reason given";
    }

    /// <exception cref="WorkerFunctionException">The function failed.</exception>
    /// <exception cref="WorkerProcessExitException">The worker ended before it answered.</exception>
    public async Task<InvocationResponse> InvokeAsync(InvocationRequest request, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _invocations[request.InvocationId] = answer;
        try
        {
            if (!_outgoing.Writer.TryWrite(new StreamingMessage { InvocationRequest = request }))
                throw new WorkerProcessExitException();
            // On cancellation the worker is asked to stop the function. Still wait for its answer, so that the outcome is not lost.
            using var cancel = cancellation.Register(() =>
                _outgoing.Writer.TryWrite(
                    new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = request.InvocationId } }));
            var response = await answer.Task;
            return response.Result is { Status: StatusResult.Types.Status.Success }
                ? response
                : throw new WorkerFunctionException(response.Result ?? NoResult);
        }
        finally
        {
            _invocations.TryRemove(request.InvocationId, out _);
        }
    }

    /// <summary>Asks the worker to end.</summary>
    public void Terminate(TimeSpan grace) =>
        _outgoing.Writer.TryWrite(
            new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(grace) } });

    /// <summary>Whether the worker has ended.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the worker has ever connected.</summary>
    public bool HasConnected => _started.Task.IsCompletedSuccessfully;

    /// <summary>Call this when the worker has ended: all requests that wait for an answer fail.</summary>
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

    /// <summary>Sends and receives messages until the stream ends.</summary>
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
            // The stream ends before the supervisor notices that the process has ended.
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
        // If the write succeeds, Close fails the request when the worker ends. If the write fails, the worker has already ended.
        if (!_outgoing.Writer.TryWrite(message))
            throw new WorkerProcessExitException();
        return await answer.Task.WaitAsync(cancellation);
    }

    private static StatusResult NoResult => new()
    {
        Exception = new Protocol.RpcException { Message = "The worker's answer has no result." },
    };

    private static StartException Unexpected(string request) => new($"The worker answered {request} with another message.");

    private static void ThrowIfFailed(StatusResult? result, string what)
    {
        if (result is { Status: not StatusResult.Types.Status.Success })
            throw new StartException($"{what}: {result.Exception?.Message ?? result.Result}");
    }
}
