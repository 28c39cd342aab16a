using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs.Models;
using Darkroom.ModelScope.Tasks;
using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Jobs.Poll;

/// <summary>
/// Writes the sidecars of pictures. A sidecar contains the request, the settings that were used, the facts of the picture, and the ids to
/// find it upstream. It contains no links.
/// </summary>
public sealed class Sidecars(Containers containers, TimeProvider time)
{
    /// <summary>Writes the sidecar of a picture, unless an earlier run wrote it.</summary>
    public async Task WriteAsync(
        JobTicket ticket, PollOrder order, JobRequest? request, TaskSnapshot task, SavedPicture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(picture);
        var image = request?.ImageOf(ticket.Task);
        var shown = JsonNode.Parse(ticket.Request)!.AsObject();
        var facts = new Sidecar
        {
            JobId = ticket.JobId,
            Index = picture.Index,
            Request = shown,
            Model = image?.Model ?? shown["model"]?.ToString() ?? "",
            Prompt = image?.Prompt ?? shown["prompt"]?.ToString() ?? "",
            Seed = task.Input?.Seed ?? image?.Seed,
            Steps = task.Input?.Steps ?? image?.Steps,
            Guidance = task.Input?.Guidance ?? image?.Guidance,
            Sampler = task.Input?.Sampler,
            Size = $"{picture.Width}x{picture.Height}",
            Warnings = picture.Warnings,
            TaskId = order.TaskId,
            RequestId = task.RequestId,
            CreatedAt = ticket.CreatedAt,
            SubmittedAt = order.AcceptedAt,
            SavedAt = time.GetUtcNow().UtcDateTime,
            TimeTakenMs = task.TimeTaken?.TotalMilliseconds,
            ContentType = picture.ContentType,
            Bytes = picture.Bytes,
            Sha256 = picture.Sha256,
            File = Path.GetFileName(picture.Blob),
        };
        try
        {
            await containers.Pictures.GetBlobClient(picture.SidecarBlob).UploadAsync(
                StoredJson.Content(facts),
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
                    Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                },
                cancellation);
        }
        catch (RequestFailedException there) when (there.IsConflict)
        {
            // An earlier run of the same activity wrote it.
        }
    }
}

/// <summary>The content of a sidecar.</summary>
public sealed record Sidecar
{
    public required string JobId { get; init; }

    /// <summary>The number of the picture in the job, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The request, with secrets masked.</summary>
    public required JsonObject Request { get; init; }

    public required string Model { get; init; }

    public required string Prompt { get; init; }

    /// <summary>The seed that ModelScope reported, otherwise the requested one.</summary>
    public long? Seed { get; init; }

    /// <summary>The steps that ModelScope reported, otherwise the requested ones.</summary>
    public int? Steps { get; init; }

    /// <summary>The guidance that ModelScope reported, otherwise the requested one.</summary>
    public double? Guidance { get; init; }

    /// <summary>The sampler that ModelScope reported.</summary>
    public string? Sampler { get; init; }

    /// <summary>The real size of the picture.</summary>
    public required string Size { get; init; }

    /// <summary>The differences between the picture and the request.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The id of the upstream task.</summary>
    public required string TaskId { get; init; }

    /// <summary>ModelScope's request id of the answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>When the job was requested.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When upstream accepted the task.</summary>
    public DateTime SubmittedAt { get; init; }

    /// <summary>When the picture was saved.</summary>
    public DateTime SavedAt { get; init; }

    /// <summary>How long the task took, as reported by ModelScope.</summary>
    public double? TimeTakenMs { get; init; }

    public required string ContentType { get; init; }

    /// <summary>The length of the picture in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The SHA-256 hash of the picture, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The file name of the picture, without folders.</summary>
    public required string File { get; init; }
}
