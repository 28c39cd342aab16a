namespace Darkroom.Cli.Tooling;

/// <summary>A program to run, with its arguments.</summary>
/// <param name="Program">A name that is looked up in PATH, or a path.</param>
/// <param name="Arguments">The arguments, each as it is.</param>
internal sealed record ToolCall(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The working directory; null for the current one.</summary>
    public string? Directory { get; init; }

    /// <summary>The standard input of a program whose output is collected; null for none.</summary>
    public string? Input { get; init; }

    /// <summary>Environment variables to set. All others are inherited.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>How a program ended, and its output: standard output and standard error in the order in which they were read.</summary>
internal sealed record ToolResult(int ExitCode, string Output)
{
    /// <summary>Standard output alone.</summary>
    public string Answer { get; init; } = "";

    public bool IsSuccess => ExitCode == 0;
}
