namespace Darkroom.Cli;

/// <summary>
/// A command cannot go on, for reasons that whoever gave it can understand: the message says which, the exit code what kind.
/// </summary>
internal sealed class CommandException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The server's own words, for <c>--json</c>.</summary>
    public string? Json { get; init; }

    /// <summary>Whether the server may have done what was asked for, although it did not say so.</summary>
    public bool MayBeDone { get; init; }

    public static CommandException Failed(string message, Exception? cause = null) => new(Cli.ExitCode.Failed, message, cause);

    public static CommandException Usage(string message) => new(Cli.ExitCode.Usage, message);
}
