namespace Darkroom.LocalHost.Hosting;

/// <summary>What the command line says.</summary>
internal sealed record HostOptions
{
    /// <summary>The build output of the app.</summary>
    public required string AppFolder { get; init; }

    /// <summary>Where to listen; 0 for any free port.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>Where the key that callers must show is kept; null when they need none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Whether the log tells of each run of a function, and of the engine.</summary>
    public bool IsVerbose { get; init; }
}
