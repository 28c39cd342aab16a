using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Darkroom.Batches.Input;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Darkroom.Settings;
using Darkroom.Storage;

namespace Darkroom.Batches;

/// <summary>Takes in the body of a batch: stores it unchanged, reads it item by item, and writes the items for the batch to run.</summary>
public sealed class BatchIntake(BatchStore batches, DarkroomSettings settings)
{
    /// <summary>Stores a body and returns its hash. Without a name, the body is only hashed.</summary>
    /// <exception cref="UnreadableBodyException">The body is too large.</exception>
    public async Task<string> KeepAsync(Stream body, string? name, BatchSource source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(source);
        using var upload = name is null ? null : new BlockUpload(batches.Blob(name));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(
            Encoding.UTF8.GetBytes($"{source.Format}\n{source.Charset}\n{source.Skips}\n{source.Defaults}\n{source.Webhook?.Url}"));
        var block = ArrayPool<byte>.Shared.Rent(128 * 1024);
        long length = 0;
        try
        {
            while (await body.ReadAsync(block, cancellation) is var read && read > 0)
            {
                length += read;
                if (length > BatchLimits.MaxBytes)
                    throw UnreadableBodyException.TooLarge(BatchLimits.MaxBytesText);
                hash.AppendData(block, 0, read);
                if (upload is not null)
                    await upload.WriteAsync(block.AsMemory(0, read), cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        if (upload is not null)
            await upload.CommitAsync("application/octet-stream", cancellation);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads a stored body, and writes its items if they have a name.</summary>
    /// <exception cref="UnreadableBodyException">The body cannot be read.</exception>
    public Task<BatchReading> ReadAsync(string input, string? items, BatchSource source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ReadAsync(() => OpenAsync(input, source.Charset, cancellation), items, source, cancellation);
    }

    /// <summary>The same for a body that <paramref name="open"/> opens as UTF-8; JSON is read twice.</summary>
    internal async Task<BatchReading> ReadAsync(
        Func<Task<Stream>> open, string? items, BatchSource source, CancellationToken cancellation)
    {
        try
        {
            return await ReadItemsAsync(open, items, source, cancellation);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableBodyException("body", "Contains bytes that are not valid in its encoding. Send UTF-8.");
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw new UnreadableBodyException(
                "body", "Contains text that is not valid Unicode: half of a character, such as \\ud83d alone. Send whole characters.");
        }
        catch (JsonException exception)
        {
            throw new UnreadableBodyException(
                "body", $"Is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
    }

    private async Task<BatchReading> ReadItemsAsync(
        Func<Task<Stream>> open, string? items, BatchSource source, CancellationToken cancellation)
    {
        using var given = source.Defaults is { } text ? JsonDocument.Parse(text) : null;
        using var json = source.Format == BatchFormat.Json ? await ReadFrameAsync(open, cancellation) : null;
        var defaults = json?.Defaults ?? (given is null ? Defaults.None : new Defaults(given.RootElement));
        var webhooks = WebhookRules.Of(settings);
        var rules = new ItemRules(settings.DefaultModel, defaults, webhooks);
        var reading = new BatchReading { Webhook = json?.Webhook is { } hook ? ReadWebhook(hook, webhooks) : source.Webhook };
        using var upload = items is null ? null : new BlockUpload(batches.Blob(items));
        var lines = new ItemLines();
        await using var body = await open();
        await foreach (var raw in ItemsOf(body, source.Format, json, cancellation))
        {
            using (raw)
            {
                var (pictures, problems) = Read(raw, rules, lines);
                if (pictures.Length == 0)
                    reading.Refuse(raw.Line, problems);
                foreach (var picture in pictures)
                    reading.Add(picture);
                if (reading.Total > BatchLimits.MaxItems)
                    throw UnreadableBodyException.TooLarge(BatchLimits.MaxItemsText);
                if (pictures.Length > 0 && upload is not null)
                    await upload.WriteAsync(lines.Written, cancellation);
            }

            // Invalid lines cost as much to read as valid ones, so they are limited too.
            if (reading.Total + reading.Invalid > 2 * BatchLimits.MaxItems)
                throw UnreadableBodyException.TooLarge(BatchLimits.MaxItemsText);
        }

        if (reading.Total > 0 && upload is not null && (source.Skips || reading.Invalid == 0))
            await upload.CommitAsync("application/x-ndjson", cancellation);
        return reading;
    }

    private static JobWebhook ReadWebhook(JsonElement value, WebhookRules rules)
    {
        var (webhook, problems) = rules.Read(value);
        return webhook ?? throw new UnreadableBodyException(problems[0].Field, problems[0].Message);
    }

    // An item that cannot be written is a problem of its own line only.
    private static (BatchItem[] Pictures, IReadOnlyList<FieldProblem> Problems) Read(RawItem raw, ItemRules rules, ItemLines lines)
    {
        try
        {
            var (request, customId, problems) = rules.Read(raw);
            if (request is null)
                return ([], problems);
            BatchItem[] pictures = [.. ItemRules.Pictures(raw.Line, customId, request)];
            return lines.Write(pictures) is { } problem ? ([], [problem]) : (pictures, []);
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            const string problem =
                "Contains text that is not valid Unicode (half of a character, such as \\ud83d alone) or is nested too deeply; or its "
                + "defaults do so. Correct the line or the defaults.";
            return ([], [new FieldProblem("body", problem)]);
        }
    }

    internal static IAsyncEnumerable<RawItem> ItemsOf(Stream utf8, BatchFormat format, JsonBody? json, CancellationToken cancellation) =>
        format switch
        {
            BatchFormat.Ndjson => NdjsonReader.ReadAsync(utf8, cancellation),
            BatchFormat.Csv => CsvReader.ReadAsync(utf8, cancellation),
            BatchFormat.PlainText => PlainTextReader.ReadAsync(utf8, cancellation),
            _ => json!.ItemsAsync(utf8, cancellation),
        };

    private static async Task<JsonBody> ReadFrameAsync(Func<Task<Stream>> open, CancellationToken cancellation)
    {
        await using var body = await open();
        return await JsonBody.ReadAsync(body, cancellation);
    }

    private async Task<Stream> OpenAsync(string input, string? charset, CancellationToken cancellation)
    {
        var stored = await batches.Blob(input).OpenReadAsync(
            new BlobOpenReadOptions(allowModifications: false) { BufferSize = 1 << 20 }, cancellation);
        return await BodyText.OpenAsync(stored, charset, cancellation);
    }
}

/// <summary>How to read the body of a batch.</summary>
/// <param name="Format">The format of the items.</param>
/// <param name="Charset">The encoding that the sender declares.</param>
/// <param name="Skips">Whether invalid lines are skipped instead of refusing the whole body.</param>
/// <param name="Defaults">The default values of the items, as a JSON object.</param>
public sealed record BatchSource(BatchFormat Format, string? Charset, bool Skips, string? Defaults = null)
{
    /// <summary>Where the end of the batch is sent; null if the body says it, or if nothing does.</summary>
    public JobWebhook? Webhook { get; init; }
}
