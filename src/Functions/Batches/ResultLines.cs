using System.Text.Json;
using Darkroom.Jobs;
using Darkroom.Storage;

namespace Darkroom.Batches;

/// <summary>Builds the result line of an item: the item, and its pictures with hashes and links, or the error.</summary>
internal static class ResultLines
{
    /// <summary>The line of a job that has ended.</summary>
    public static ReadOnlyMemory<byte> Of(string batchId, string key, JobRecord job)
    {
        var self = $"/api/images/{job.Ticket.JobId}";
        var isSuccess = job.State.Status == JobStatus.Succeeded;
        return Write(batchId, key, new Body
        {
            CustomId = job.Ticket.CustomId,
            Images = isSuccess ? [.. job.State.Pictures.Select(picture => new JobImage(picture, self))] : null,
            Error = isSuccess ? null : new JobFailure(job.State.Error ?? JobErrors.Internal("The job ended without a reason.")),
            Late = isSuccess && job.State.IsLate ? true : null,
        });
    }

    /// <summary>The line of an item that was given up before it was started.</summary>
    public static ReadOnlyMemory<byte> Canceled(string batchId, string key, string? customId) =>
        Write(batchId, key, new Body { CustomId = customId, Error = new JobFailure(JobErrors.Canceled(SubmitCertainty.No)) });

    /// <summary>The line of an item whose job no longer exists or never existed.</summary>
    public static ReadOnlyMemory<byte> Gone(string batchId, string key) =>
        Write(
            batchId,
            key,
            new Body
            {
                Error = new JobFailure(
                    JobErrors.Internal(
                        "The job of this item does not exist: it was purged before the batch wrote its result, or the stored item "
                            + "could not be read. Send the item again.")),
            });

    private static ReadOnlyMemory<byte> Write(string batchId, string key, Body body)
    {
        var (line, index) = BatchItem.ParseKey(key);
        return JsonSerializer.SerializeToUtf8Bytes(
            body with { Line = line, Index = index, JobId = BatchItem.JobIdOf(batchId, key) }, StoredJson.Options);
    }

    private sealed record Body
    {
        public string? CustomId { get; init; }

        public int Index { get; init; }

        public int Line { get; init; }

        public string JobId { get; init; } = "";

        public IReadOnlyList<JobImage>? Images { get; init; }

        public JobFailure? Error { get; init; }

        public bool? Late { get; init; }
    }
}
