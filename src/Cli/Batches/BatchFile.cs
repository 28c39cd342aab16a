using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Darkroom.Cli.Batches;

/// <summary>A file of requests. Its extension determines its content type; its content and name determine the idempotency key.</summary>
internal sealed record BatchFile(string Path, string ContentType)
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".ndjson"] = "application/x-ndjson",
        [".jsonl"] = "application/x-ndjson",
        [".csv"] = "text/csv",
        [".txt"] = "text/plain",
        [".json"] = "application/json",
    };

    /// <exception cref="CommandException">The file does not exist, or its extension is unknown.</exception>
    public static BatchFile Open(string path)
    {
        if (!File.Exists(path))
            throw CommandException.Usage(BatchWords.NoSuchFile.With(path));
        return Kinds.TryGetValue(System.IO.Path.GetExtension(path), out var kind)
            ? new BatchFile(path, kind)
            : throw CommandException.Usage(BatchWords.UnknownExtension.With(string.Join(", ", Kinds.Keys)));
    }

    /// <summary>
    /// The idempotency key. The same bytes under the same name give the same key, so that sending a file twice starts one batch.
    /// </summary>
    public async Task<string> KeyAsync(CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var content = OpenContent();
        var block = new byte[128 * 1024];
        while (await content.ReadAsync(block, cancellation) is var read && read > 0)
            hash.AppendData(block, 0, read);
        hash.AppendData(Encoding.UTF8.GetBytes($"\0{System.IO.Path.GetFileName(Path)}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The content streams from the file; it is not held in memory.</summary>
    public HttpContent ToContent() => new StreamContent(OpenContent())
    {
        Headers =
        {
            ContentType = new MediaTypeHeaderValue(ContentType, ContentType.StartsWith("text/", StringComparison.Ordinal) ? "utf-8" : null),
        },
    };

    private FileStream OpenContent()
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage(BatchWords.FileUnreadable.With(exception.Message));
        }
    }
}
