using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Darkroom.Cli.Help;

/// <summary>The help of System.CommandLine, followed by the examples and the exit codes of the command.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    public override int Invoke(ParseResult parseResult)
    {
        var code = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand command)
        {
            Print(parseResult, Words.HelpExamples, command.Examples);
            Print(parseResult, Words.HelpExitCodes, [.. command.ExitCodes.Select(one => $"{one,3}  {ExitCode.MeaningOf(one)}")]);
        }

        return code;
    }

    private static void Print(ParseResult parsed, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        var output = parsed.InvocationConfiguration.Output;
        output.WriteLine(title);
        foreach (var line in lines)
            output.WriteLine($"  {line}");
        output.WriteLine();
    }
}
