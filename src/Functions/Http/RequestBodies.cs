using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Http;

/// <summary>Reads a JSON body that may be anything.</summary>
internal static class RequestBodies
{
    /// <summary>One mebibyte: a picture to edit fits in, a film does not.</summary>
    private const int Most = 1 << 20;

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
            return (null, Problem.Invalid("body", $"Is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."));
        }
    }
}
