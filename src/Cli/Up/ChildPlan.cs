namespace Darkroom.Cli.Up;

/// <summary>A program to start.</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="Command">The program and its arguments.</param>
internal sealed record ChildPlan(string Name, IReadOnlyList<string> Command)
{
    /// <summary>Environment variables to set, or to remove if the value is null. All others are inherited.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public required string LogFile { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Receives each output line, in addition to the log.</summary>
    public Action<string> Echo { get; init; } = _ => { };
}
