using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;
using ModelContextProtocol.Protocol;

namespace Darkroom.Cli.Mcp.Calls;

/// <summary>Fetches thumbnails as image content. A thumbnail that is missing, large or late is left out; it never fails a call.</summary>
internal sealed class Thumbnails(DarkroomServer server)
{
    /// <summary>How many thumbnails one answer has. Clients limit the size of an answer; the links are complete.</summary>
    public const int MaxInline = 4;

    private const string Type = "image/webp";
    private const int MaxBytes = 200_000;

    public async Task<ImageContentBlock?> TryGetAsync(string jobId, int index, CallLimit limit)
    {
        try
        {
            return await server.ReadAsync(JobPaths.Thumbnail(jobId, index), content => ReadAsync(content, limit.Token), limit.Token);
        }
        catch (CommandException)
        {
            return null;
        }
        catch (Exception exception) when (limit.Caused(exception))
        {
            return null;
        }
    }

    private static async Task<ImageContentBlock?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentType?.MediaType != Type)
            return null;
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[MaxBytes + 1];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return read is 0 or > MaxBytes ? null : ImageContentBlock.FromBytes(bytes.AsMemory(0, read), Type);
    }
}
