using System.CommandLine;

namespace Darkroom.Cli.Help;

/// <summary>A command whose help has examples and exit codes. <c>docs/cli.md</c> is made from the same values.</summary>
internal abstract class DocumentedCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines that work as they are written.</summary>
    public IReadOnlyList<string> Examples { get; protected init; } = [];

    /// <summary>The exit codes that the command can have.</summary>
    public IReadOnlyList<int> ExitCodes { get; protected init; } = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage, ExitCode.Unreachable];
}
