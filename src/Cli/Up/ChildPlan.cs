namespace Darkroom.Cli.Up;

/// <summary>A program to start.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Command">The program and its arguments.</param>
internal sealed record ChildPlan(string Name, IReadOnlyList<string> Command)
{
    /// <summary>What it finds in its environment beside what is there anyway; null takes a name away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public required string LogFile { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Who else hears its lines.</summary>
    public Action<string> Echo { get; init; } = _ => { };
}
