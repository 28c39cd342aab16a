using System.CommandLine;
using System.Globalization;
using Darkroom.Cli.Help;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary><c>darkroom chaos</c>: runs the whole product while everything around it fails, and checks what it promises.</summary>
internal sealed class ChaosCommand : DocumentedCommand
{
    private readonly Option<double> _minutes = new("--minutes") { Description = DevelopWords.ChaosMinutes, DefaultValueFactory = _ => 10 };
    private readonly Option<int?> _seed = new("--seed") { Description = DevelopWords.ChaosSeed };

    public ChaosCommand(CommandEnvironment environment)
        : base("chaos", DevelopWords.ChaosCommand)
    {
        Options.Add(_minutes);
        Options.Add(_seed);
        Examples = ["darkroom chaos --minutes 60 --seed 1"];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
        SetAction(async (parsed, cancellation) =>
        {
            var root = SourceFolder.Find();
            await Everything.BuildAsync(root, environment, cancellation);
            var variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DARKROOM_CHAOS_MINUTES"] = parsed.GetValue(_minutes).ToString(CultureInfo.InvariantCulture),
            };
            if (parsed.GetValue(_seed) is { } seed)
                variables["DARKROOM_SEED"] = seed.ToString(CultureInfo.InvariantCulture);
            var chaos = new ToolCall("dotnet", ProveCommand.Suite, "-noColor", "-noLogo", "-class", "*.ChaosTests", "-showLiveOutput")
            {
                Directory = root,
                Environment = variables,
            };
            return await Tool.ShowAsync(chaos, cancellation) == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
    }
}
