using System.Collections.Concurrent;
using System.Net;
using Darkroom.LocalHost.Worker.Protocol;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Worker;

/// <summary>The gRPC server that workers connect to, on a separate free port.</summary>
internal sealed class WorkerServer : FunctionRpc.FunctionRpcBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _expected = new();
    private WebApplication? _app;

    /// <summary>The address of the server.</summary>
    public Uri Address { get; private set; } = null!;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(this);
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        _app = builder.Build();
        _app.MapGrpcService<WorkerServer>();
        await _app.StartAsync(cancellation);
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Registers a channel for a worker that is about to connect with its id.</summary>
    public void Expect(WorkerChannel channel) => _expected[channel.WorkerId] = channel;

    /// <inheritdoc/>
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.StartStream is not { } start
                || !_expected.TryRemove(start.WorkerId, out var channel))
            throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "No worker with this id was started."));
        try
        {
            await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The process has ended. The supervisor notices and handles that.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
