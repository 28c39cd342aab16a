namespace Darkroom.Jobs.Poll;

/// <summary>A picture that is safe: where it is, and what is known of it from its bytes.</summary>
public sealed record SavedPicture
{
    /// <summary>Its number in the job.</summary>
    public required int Index { get; init; }

    /// <summary>The blob's name in the pictures container.</summary>
    public required string Blob { get; init; }

    /// <summary>From its bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>From its bytes.</summary>
    public required int Width { get; init; }

    /// <summary>From its bytes.</summary>
    public required int Height { get; init; }

    /// <summary>Its length.</summary>
    public required long Bytes { get; init; }

    /// <summary>Its hash, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where it is otherwise than asked.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The sidecar's name beside it.</summary>
    public string SidecarBlob => Path.ChangeExtension(Blob, "json");
}
