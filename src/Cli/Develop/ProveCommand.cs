using Darkroom.Cli.Help;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary><c>darkroom prove</c>: the proofs that take too long for every change. Each prints the numbers of its run.</summary>
internal sealed class ProveCommand : DocumentedCommand
{
    /// <summary>The end-to-end tests.</summary>
    public const string Suite = "tests/EndToEnd/bin/Release/net10.0/Darkroom.EndToEnd.dll";

    private const string InfraSuite = "tests/Infra.Tests/bin/Release/net10.0/Darkroom.Infra.Tests.dll";

    public ProveCommand(CommandEnvironment environment)
        : base("prove", DevelopWords.ProveCommand)
    {
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
        SetAction(async (_, cancellation) =>
        {
            var root = SourceFolder.Find();
            await Everything.BuildAsync(root, environment, cancellation);
            var older = await OlderBuild.MakeAsync(root, environment.Out, cancellation);
            foreach (var (text, call) in Proofs(older))
            {
                await environment.Out.WriteLineAsync($"› {text}");
                if (await Tool.ShowAsync(call with { Directory = root }, cancellation) != 0)
                    return ExitCode.Failed;
            }

            return ExitCode.Ok;
        });
    }

    private static IEnumerable<(string Text, ToolCall Call)> Proofs(string older) =>
    [
        (
            DevelopWords.ProveUpgrade,
            new ToolCall("dotnet", Suite, "-noColor", "-noLogo", "-class", "*UpgradeTests")
            {
                Environment = new Dictionary<string, string> { ["DARKROOM_UPGRADE_FROM"] = older },
            }),
        (
            DevelopWords.ProveJobs,
            new ToolCall("dotnet", Suite, "-noColor", "-noLogo", "-class", "*KillTests", "-showLiveOutput")
            {
                Environment = new Dictionary<string, string> { ["DARKROOM_KILLS"] = "40", ["DARKROOM_JOBS"] = "300" },
            }),
        (
            DevelopWords.ProveBatches,
            new ToolCall("dotnet", Suite, "-noColor", "-noLogo", "-class", "*BatchProofTests", "-class", "*QueueTests", "-showLiveOutput")
            {
                Environment = new Dictionary<string, string>
                {
                    ["DARKROOM_BULK_ITEMS"] = "10000",
                    ["DARKROOM_BULK_KILLS"] = "20",
                    ["DARKROOM_BULK_MESSAGES"] = "500",
                },
            }),
        (
            DevelopWords.ProveShip,
            new ToolCall("dotnet", Suite, "-noColor", "-noLogo", "-class", "*ShipTests")
            {
                Environment = new Dictionary<string, string> { ["DARKROOM_SHIP"] = "whole" },
            }),
        (
            DevelopWords.ProveInfra,
            new ToolCall("dotnet", InfraSuite, "-noColor", "-noLogo", "-class", "*CombinationTests")
            {
                Environment = new Dictionary<string, string> { ["DARKROOM_BICEP"] = "whole" },
            }),
    ];
}
