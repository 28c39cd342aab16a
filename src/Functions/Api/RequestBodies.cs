using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Darkroom.Api;

/// <summary>Reads a JSON body that may be anything.</summary>
internal static class RequestBodies
{
    /// <summary>One mebibyte: a picture to edit fits in, a film does not.</summary>
    private const int Most = 1 << 20;

    // The host takes less than that.
    private const long MostDrained = 256L << 20;

    /// <summary>
    /// Takes away the server's own limit, which is no problem document but a broken connection; who reads the body counts.
    /// </summary>
    public static void LiftLimit(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
    }

    /// <summary>
    /// Reads what is left of a body that was answered before its end: while it is still being sent nobody hears an answer, and the host
    /// makes 500 of it.
    /// </summary>
    public static async Task DrainAsync(HttpRequest request, CancellationToken cancellation)
    {
        var block = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (
                long drained = 0; drained < MostDrained
                    && await request.Body.ReadAsync(block, cancellation) is var read and > 0; drained += read)
            {
                // Nobody needs it.
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>The body; or the answer that says why not.</summary>
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
                null, Problem.Invalid("body", $"Is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."));
        }
    }
}
