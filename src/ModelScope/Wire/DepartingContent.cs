using System.Net;
using System.Net.Http.Headers;

namespace Darkroom.ModelScope.Wire;

/// <summary>
/// A request body that knows whether it began to leave. It is the only evidence of whether a submit that got no answer can have been
/// accepted: the handler asks for the body after the connection stands and the headers are written, never before.
/// </summary>
internal sealed class DepartingContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;

    public DepartingContent(ReadOnlyMemory<byte> json)
    {
        _body = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        Headers.ContentLength = json.Length;
    }

    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
