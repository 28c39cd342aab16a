namespace Darkroom.Cli.Up;

/// <summary>The options of <c>darkroom up</c>.</summary>
internal sealed record UpOptions
{
    /// <summary>The port of the app; 0 for any free port.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>The folder for state that is kept between starts.</summary>
    public required string State { get; init; }

    /// <summary>The port of Azurite's blobs; queues and tables use the next two. 0 for any free ports.</summary>
    public int StoragePort { get; init; } = 10000;

    /// <summary>Whether to simulate ModelScope even if an endpoint or a token is configured.</summary>
    public bool Simulator { get; init; }

    /// <summary>The endpoint to use, which overrides the configured one.</summary>
    public string? Upstream { get; init; }

    /// <summary>Whether callers must send a key.</summary>
    public bool RequireKey { get; init; }

    /// <summary>Whether to open the page in the browser.</summary>
    public bool Open { get; init; }

    /// <summary>Whether to print the addresses as JSON.</summary>
    public bool Json { get; init; }
}
