using System.Net;
using System.Text;
using Darkroom.LocalHost.Worker;
using Darkroom.LocalHost.Worker.Protocol;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Darkroom.LocalHost.Http;

/// <summary>Forwards requests to a worker with its own HTTP server. Bodies stream in both directions.</summary>
internal sealed class WorkerForwarder(IHttpForwarder forwarder) : IDisposable
{
    private const string InvocationHeader = "x-ms-invocation-id";

    // Event streams can be silent for long. A function that hangs is ended by functionTimeout.
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromHours(1) };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // HttpServer reads headers as Latin-1 too, so the worker gets the bytes of a header unchanged and validates them.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });

    /// <summary>Forwards the request and invokes the function. The worker matches the two by the invocation id.</summary>
    public async Task<InvocationResponse> SendAsync(
        HttpContext http, Uri worker, InvocationRequest request, WorkerChannel channel, CancellationToken cancellation)
    {
        http.Request.Headers[InvocationHeader] = request.InvocationId;
        var forwarding = forwarder.SendAsync(http, worker.AbsoluteUri, _client, Patience).AsTask();
        var invocation = channel.InvokeAsync(request, cancellation);
        var error = await forwarding;
        // The worker's server may reject the request before the function receives it. The invocation then waits for a request that never
        // comes, so complete the response now: the caller must not wait for the invocation.
        if (error == ForwarderError.None && http.Response.StatusCode >= StatusCodes.Status400BadRequest)
            await http.Response.CompleteAsync();
        return await invocation;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
