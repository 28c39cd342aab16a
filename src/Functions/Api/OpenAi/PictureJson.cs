using System.Buffers;
using System.Text.Json;
using Darkroom.Jobs.Poll;

namespace Darkroom.Api.OpenAi;

/// <summary>The parts of the JSON that a response and an event have in common.</summary>
internal static class PictureJson
{
    // A multiple of three, so that a block has no rest that the base64 of the next block begins with.
    private const int BlockBytes = 48 << 10;

    /// <summary>Writes a picture as base64, block by block, so that it is never in memory as a whole.</summary>
    public static async Task WriteBase64Async(Utf8JsonWriter json, Stream picture, CancellationToken cancellation)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            json.WritePropertyName("b64_json");
            int read;
            do
            {
                read = await picture.ReadAtLeastAsync(block.AsMemory(0, BlockBytes), BlockBytes, throwOnEndOfStream: false, cancellation);
                json.WriteBase64StringSegment(block.AsSpan(0, read), isFinalSegment: read < BlockBytes);
                await json.FlushAsync(cancellation);
            }
            while (read == BlockBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Writes the usage. Clients require it; ModelScope counts no tokens.</summary>
    public static void WriteUsage(Utf8JsonWriter json)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", 0);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("image_tokens", 0);
        json.WriteNumber("text_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", 0);
        json.WriteNumber("total_tokens", 0);
        json.WriteEndObject();
    }

    public static void WriteFacts(Utf8JsonWriter json, SavedPicture picture, string contentType)
    {
        json.WriteString("output_format", contentType["image/".Length..]);
        json.WriteString("size", $"{picture.Width}x{picture.Height}");
    }
}
