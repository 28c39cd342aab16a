namespace Darkroom.LocalHost.Hosting;

/// <summary>The options of the command line.</summary>
internal sealed record HostOptions
{
    /// <summary>The folder with the build output of the app.</summary>
    public required string AppFolder { get; init; }

    /// <summary>The port to listen on; 0 for any free port.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>The file with the key that callers must send; null if no key is required.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The name by which the engine tells this host from others on the same storage; null for the name of the machine.</summary>
    public string? Instance { get; init; }

    /// <summary>Whether to log each run of a function and the events of the durable engine.</summary>
    public bool IsVerbose { get; init; }
}
