using System.CommandLine;
using Darkroom.Cli.Help;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary><c>darkroom bench [NAME …]</c>: builds everything and runs the measurements.</summary>
internal sealed class BenchCommand : DocumentedCommand
{
    private readonly Argument<string[]> _arguments = new("name") { Description = DevelopWords.BenchName, Arity = ArgumentArity.ZeroOrMore };

    public BenchCommand(CommandEnvironment environment)
        : base("bench", DevelopWords.BenchCommand)
    {
        Arguments.Add(_arguments);
        TreatUnmatchedTokensAsErrors = false;
        Examples = ["darkroom bench", "darkroom bench polling"];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
        SetAction(async (parsed, cancellation) =>
        {
            var root = SourceFolder.Find();
            await Everything.BuildAsync(root, environment, cancellation);
            string[] arguments = [.. parsed.GetValue(_arguments) ?? [], .. parsed.UnmatchedTokens];
            var bench = new ToolCall("dotnet", ["bench/bin/Release/net10.0/Darkroom.Bench.dll", .. arguments]) { Directory = root };
            return await Tool.ShowAsync(bench with { Environment = WithBrowser() }, cancellation);
        });
    }

    // Only the benchmark of the page needs a browser. It says so if there is none.
    private static Dictionary<string, string> WithBrowser() => ChromiumSearch.OfThisMachine.Find() is { } browser
        ? new Dictionary<string, string>(StringComparer.Ordinal) { [ChromiumSearch.Variable] = browser }
        : [];
}
