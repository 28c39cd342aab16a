namespace Darkroom.Cli;

/// <summary>What a command has around it: where it writes, what it may look up, where relative paths begin, and what time it is.</summary>
internal sealed record Surroundings
{
    /// <summary>For results: what scripts read.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>For progress and complaints: what people read.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether results go to somebody's screen.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether progress goes to somebody's screen; elsewhere it is plain lines.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Looks a name up in the environment.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Where relative paths begin.</summary>
    public required string Directory { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A path as people read it: short where it can be.</summary>
    public string Shown(string path) =>
        Path.GetRelativePath(Directory, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;

    public static Surroundings OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        IsOutTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Variable = Environment.GetEnvironmentVariable,
        Directory = System.IO.Directory.GetCurrentDirectory(),
    };
}
