using System.Text.Json.Serialization;

namespace Darkroom.Jobs.Poll;

/// <summary>A picture in storage: its blob, and the facts that were read from its bytes.</summary>
public sealed record SavedPicture
{
    /// <summary>The number of the picture in the job, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The name of the blob in the pictures container.</summary>
    public required string Blob { get; init; }

    public required string ContentType { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The length in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The SHA-256 hash, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The differences between the picture and the request.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The name of the blob of its sidecar.</summary>
    public string SidecarBlob => Path.ChangeExtension(Blob, "json");

    /// <summary>The name of the blob of its thumbnail. The durable history does not contain it.</summary>
    [JsonIgnore]
    public string ThumbnailBlob => Path.ChangeExtension(Blob, "thumb.webp");
}
