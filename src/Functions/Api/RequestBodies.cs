using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Darkroom.Api;

/// <summary>Reads JSON bodies, which may contain anything.</summary>
internal static class RequestBodies
{
    // 1 MiB. A picture to edit may be part of the body.
    private const int Most = 1 << 20;

    // An upper bound: the host accepts only smaller bodies.
    private const long MaxDrained = 256L << 20;

    /// <summary>
    /// Runs an endpoint that reads a body. The server's own limit is removed, because it would break the connection instead of returning a
    /// problem document; the code that reads the body enforces a limit. When the response is known before the end of the body, the rest is
    /// read: a client that still sends does not read the response, and the host turns it into a 500.
    /// </summary>
    public static async Task<IResult> AnswerAsync(HttpRequest request, Func<Task<IResult>> endpoint, CancellationToken cancellation)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        var answer = await endpoint();
        await DrainAsync(request, cancellation);
        return answer;
    }

    private static async Task DrainAsync(HttpRequest request, CancellationToken cancellation)
    {
        var block = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var (drained, read) = (0L, 1);
            for (; drained < MaxDrained && read > 0; drained += read)
                read = await request.Body.ReadAsync(block, cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Reads the body as <see cref="ReadJsonAsync"/> does; an empty body gives neither a body nor a refusal.</summary>
    public static async Task<(JsonDocument? Body, IResult? Refusal)> ReadOptionalJsonAsync(
        HttpRequest request, CancellationToken cancellation) =>
        request.ContentLength == 0 || (request.ContentLength is null && !request.HasJsonContentType())
            ? (null, null)
            : await ReadJsonAsync(request, cancellation);

    /// <summary>Reads the body; returns a refusal when its type is wrong, it is too large, or it is not valid JSON.</summary>
    public static async Task<(JsonDocument? Body, IResult? Refusal)> ReadJsonAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
            return (null, Problem.UnsupportedMediaType("application/json"));
        if (request.ContentLength > Most)
            return (null, Problem.TooLarge("1 MiB"));

        using var body = new MemoryStream();
        var block = new byte[16 * 1024];
        while (await request.Body.ReadAsync(block, cancellation) is var read && read > 0)
        {
            body.Write(block, 0, read);
            if (body.Length > Most)
                return (null, Problem.TooLarge("1 MiB"));
        }

        try
        {
            return (JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length)), null);
        }
        catch (JsonException exception)
        {
            return (
                null,
                Problem.Invalid("body", $"Is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."));
        }
    }
}
