using System.Collections;
using Darkroom.Cli.Screen;

namespace Darkroom.Cli;

/// <summary>The environment of a command: output writers, environment variables, working directory and clock. Tests replace it.</summary>
internal sealed record CommandEnvironment
{
    /// <summary>Standard output: results, which scripts read.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error: progress and errors, which people read.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether standard error is a terminal. If not, progress is printed as plain lines.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Asks on the terminal for a line that is not shown; null without a terminal.</summary>
    public Func<string, string?>? ReadSecret { get; init; }

    /// <summary>All environment variables.</summary>
    public Func<IEnumerable<KeyValuePair<string, string>>> Variables { get; init; } = VariablesOfThisProcess;

    /// <summary>The base of relative paths.</summary>
    public required string Directory { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A path for display: relative if it is below <see cref="Directory"/>.</summary>
    public string Shown(string path) =>
        Path.GetRelativePath(Directory, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;

    public static IEnumerable<KeyValuePair<string, string>> VariablesOfThisProcess() =>
        Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""));

    public static CommandEnvironment OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        IsOutTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Variable = Environment.GetEnvironmentVariable,
        ReadSecret = Console.IsInputRedirected || Console.IsErrorRedirected ? null : SecretPrompt.Read,
        Directory = System.IO.Directory.GetCurrentDirectory(),
    };
}
