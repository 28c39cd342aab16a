using Darkroom.Cli.Help;
using Darkroom.Cli.Tooling;

namespace Darkroom.Cli.Develop;

/// <summary><c>darkroom ship</c>: publishes what runs in Azure.</summary>
internal sealed class ShipCommand : DocumentedCommand
{
    public ShipCommand(CommandEnvironment environment)
        : base("ship", DevelopWords.ShipCommand)
    {
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
        SetAction(async (_, cancellation) =>
        {
            var root = SourceFolder.Find();
            await new Tools(root).RequireAsync(cancellation);
            // The publish builds the page, which needs Vite.
            await new NpmPackages(root).RestoreAsync(all: false, text => environment.Error.WriteLine($"› {text}"), cancellation);
            await environment.Out.WriteLineAsync($"› {DevelopWords.Publishing}");
            var publish = await Tool.RunAsync(
                new ToolCall(
                    "dotnet", "publish", "src/Functions/Functions.csproj", "--configuration", "Release",
                    "--output", "publish", "--verbosity", "quiet", "-clp:NoSummary")
                { Directory = root },
                cancellation);
            if (!publish.IsSuccess)
                throw CommandException.Failed($"{publish.Output}{DevelopWords.PublishFailed}");
            await environment.Out.WriteLineAsync($"› {DevelopWords.Published}");
            return ExitCode.Ok;
        });
    }
}
