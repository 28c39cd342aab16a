namespace Darkroom.Cli;

/// <summary>
/// Ends a command with an error for the user: the message goes to standard error, and <see cref="ExitCode"/> becomes the exit code.
/// </summary>
internal sealed class CommandException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The body of the server's answer, which <c>--json</c> prints unchanged.</summary>
    public string? Json { get; init; }

    /// <summary>Whether the server may have carried out the request although it did not confirm it.</summary>
    public bool MayBeDone { get; init; }

    public static CommandException Failed(string message, Exception? cause = null) => new(Cli.ExitCode.Failed, message, cause);

    public static CommandException Usage(string message) => new(Cli.ExitCode.Usage, message);
}
