using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs.Models;
using Darkroom.ModelScope.Tasks;
using Darkroom.Requests;
using Darkroom.Storage;

namespace Darkroom.Jobs.Poll;

/// <summary>
/// The facts beside a picture: what was asked, what was used, what came, and how to find it again upstream. No link is among them.
/// </summary>
public sealed class Sidecars(Containers containers)
{
    /// <summary>Writes a picture's sidecar, unless an earlier run did.</summary>
    public async Task WriteAsync(
        JobTicket ticket, PollOrder order, JobRequest? request, TaskSnapshot task, SavedPicture picture, DateTimeOffset savedAt,
        CancellationToken cancellation)
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
            SavedAt = savedAt.UtcDateTime,
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

/// <summary>The facts beside a picture.</summary>
public sealed record Sidecar
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The picture's number in it.</summary>
    public required int Index { get; init; }

    /// <summary>The request as it was made.</summary>
    public required JsonObject Request { get; init; }

    /// <summary>The model that made it.</summary>
    public required string Model { get; init; }

    /// <summary>What was to be painted.</summary>
    public required string Prompt { get; init; }

    /// <summary>The seed it was made with.</summary>
    public long? Seed { get; init; }

    /// <summary>The steps it was made with.</summary>
    public int? Steps { get; init; }

    /// <summary>The guidance it was made with.</summary>
    public double? Guidance { get; init; }

    /// <summary>The sampler it was made with.</summary>
    public string? Sampler { get; init; }

    /// <summary>Its real size.</summary>
    public required string Size { get; init; }

    /// <summary>Where it is otherwise than asked.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The task upstream.</summary>
    public required string TaskId { get; init; }

    /// <summary>Upstream's id of the answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>When the job was asked for.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When upstream accepted.</summary>
    public DateTime SubmittedAt { get; init; }

    /// <summary>When it was safe.</summary>
    public DateTime SavedAt { get; init; }

    /// <summary>How long upstream says it took.</summary>
    public double? TimeTakenMs { get; init; }

    /// <summary>From its bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its length.</summary>
    public required long Bytes { get; init; }

    /// <summary>Its hash.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its file's name.</summary>
    public required string File { get; init; }
}
