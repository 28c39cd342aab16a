using System.Net;
using System.Text;
using Darkroom.LocalHost.Worker;
using Darkroom.LocalHost.Worker.Protocol;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Darkroom.LocalHost.Http;

/// <summary>Sends a request on to a worker that serves HTTP itself. Bodies stream both ways.</summary>
internal sealed class WorkerForwarder(IHttpForwarder forwarder) : IDisposable
{
    private const string InvocationHeader = "x-ms-invocation-id";

    // Streams of events are quiet for a while; a function's own time-out ends what hangs.
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromHours(1) };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // Read the same way: the bytes of a header arrive as they were sent, and the worker judges them.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });

    /// <summary>Forwards the request and runs the function that it belongs to; the worker brings the two together.</summary>
    public async Task<InvocationResponse> SendAsync(
        HttpContext http, Uri worker, InvocationRequest request, WorkerChannel channel, CancellationToken cancellation)
    {
        http.Request.Headers[InvocationHeader] = request.InvocationId;
        var forwarding = forwarder.SendAsync(http, worker.AbsoluteUri, _client, Patience).AsTask();
        var invocation = channel.InvokeAsync(request, cancellation);
        var error = await forwarding;
        // The worker's server may have refused the request before the function saw it. Then the worker still waits for it, and the caller
        // must not.
        if (error == ForwarderError.None && http.Response.StatusCode >= StatusCodes.Status400BadRequest)
            await http.Response.CompleteAsync();
        return await invocation;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
