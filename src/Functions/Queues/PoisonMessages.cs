using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs.Models;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Darkroom.Storage;
using Microsoft.Extensions.Logging;

namespace Darkroom.Queues;

/// <summary>
/// Moves messages that cannot be carried out to the poison queue, with the reason. There is no retry, because it would fail in the same
/// way.
/// </summary>
public sealed partial class PoisonMessages(StorageQueues queues, Containers containers, TimeProvider time, ILogger<PoisonMessages> log)
{
    private const string Folder = "poison/";

    // A message may have 64 KiB, and base64 takes a quarter of that.
    private const int Longest = 44 * 1024;

    // Fifty problems of the usual length fit into a message. Ten fit even if all of them have the maximum length.
    private const int MaxProblems = 50;
    private const int FewProblems = 10;

    public async Task SendAsync(
        string messageId, string message, string reason, IReadOnlyCollection<FieldProblem> problems, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(problems);
        var envelope = new Envelope(reason, ErrorsOf(problems.Take(MaxProblems)), messageId, time.GetUtcNow().UtcDateTime);
        var text = JsonSerializer.Serialize(envelope with { Message = message }, StoredJson.Options);
        if (IsTooLong(text))
        {
            // The message does not fit together with its reason, so it is stored in a blob.
            var blob = $"{Folder}{messageId}";
            await containers.Jobs.GetBlobClient(blob).UploadAsync(BinaryData.FromString(message), overwrite: true, cancellation);
            envelope = envelope with { MessageBlob = $"{containers.Jobs.Name}/{blob}" };
            text = JsonSerializer.Serialize(envelope, StoredJson.Options);
            if (IsTooLong(text))
                text = JsonSerializer.Serialize(envelope with { Errors = ErrorsOf(problems.Take(FewProblems)) }, StoredJson.Options);
        }

        await StorageQueues.SendAsync(queues.Poison, text, cancellation);
        LogPoison(messageId, reason);
    }

    /// <summary>Deletes the stored messages that were written before a time. Returns how many were deleted.</summary>
    public async Task<int> PurgeAsync(DateTime before, CancellationToken cancellation)
    {
        var purged = 0;
        await foreach (var blob in containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, Folder, cancellation))
        {
            if (blob.Properties.LastModified?.UtcDateTime < before)
                purged += await containers.Jobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation) ? 1 : 0;
        }

        return purged;
    }

    private static bool IsTooLong(string text) => Encoding.UTF8.GetByteCount(text) > Longest;

    private static Dictionary<string, string[]> ErrorsOf(IEnumerable<FieldProblem> problems) => problems
        .Select(problem => problem.Brief()).GroupBy(problem => problem.Field, StringComparer.Ordinal)
        .ToDictionary(field => field.Key, field => field.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} was moved to the queue darkroom-jobs-poison: {Reason}")]
    private partial void LogPoison(string messageId, string reason);

    private sealed record Envelope(string Reason, IReadOnlyDictionary<string, string[]> Errors, string MessageId, DateTime At)
    {
        public string? Message { get; init; }

        public string? MessageBlob { get; init; }
    }
}
