using System.CommandLine;
using Darkroom.Cli.Help;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary>
/// <c>darkroom fuzz [TARGET …]</c>: builds everything and runs hostile inputs against everything that reads bytes from outside.
/// </summary>
internal sealed class FuzzCommand : DocumentedCommand
{
    private const string Program = "tests/Fuzz/bin/Release/net10.0/Darkroom.Fuzz.dll";

    private readonly Argument<string[]> _targets = new("target")
    {
        Description = DevelopWords.FuzzTarget,
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<double> _minutes = new("--minutes")
    {
        Description = DevelopWords.FuzzMinutes,
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = DevelopWords.FuzzSeed,
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public FuzzCommand(CommandEnvironment environment)
        : base("fuzz", DevelopWords.FuzzCommand)
    {
        Arguments.Add(_targets);
        Options.Add(_minutes);
        Options.Add(_seed);
        Examples = ["darkroom fuzz", "darkroom fuzz requests pictures --minutes 30 --seed 2"];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
        SetAction(async (parsed, cancellation) =>
        {
            var root = SourceFolder.Find();
            await Everything.BuildAsync(root, environment, cancellation);
            string[] options = ["--minutes", $"{parsed.GetValue(_minutes)}", "--seed", $"{parsed.GetValue(_seed)}"];
            var fuzz = new ToolCall("dotnet", [Program, .. parsed.GetValue(_targets) ?? [], .. options]);
            return await Tool.ShowAsync(fuzz with { Directory = root }, cancellation);
        });
    }
}
