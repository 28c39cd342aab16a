namespace Darkroom.Cli.Up;

/// <summary>What <c>darkroom up</c> was told.</summary>
internal sealed record UpOptions
{
    /// <summary>Where the app listens; 0 for any free port.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>What is kept between starts.</summary>
    public required string State { get; init; }

    /// <summary>Where Azurite's blobs listen, queues one above and tables two; 0 for any free ports.</summary>
    public int StoragePort { get; init; } = 10000;

    /// <summary>Simulate upstream, whatever is configured.</summary>
    public bool Simulator { get; init; }

    /// <summary>The endpoint to talk to instead of the usual one.</summary>
    public string? Upstream { get; init; }

    /// <summary>Ask callers for keys.</summary>
    public bool RequireKey { get; init; }
}
