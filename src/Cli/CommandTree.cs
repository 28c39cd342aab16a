using System.CommandLine;
using System.CommandLine.Help;
using Darkroom.Cli.Azure;
using Darkroom.Cli.Batches;
using Darkroom.Cli.Completion;
using Darkroom.Cli.Develop;
using Darkroom.Cli.Doctor;
using Darkroom.Cli.Generate;
using Darkroom.Cli.Help;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Mcp;
using Darkroom.Cli.Operations;
using Darkroom.Cli.Server;
using Darkroom.Cli.Up;

namespace Darkroom.Cli;

/// <summary>All commands, in the order of the help.</summary>
internal static class CommandTree
{
    // Not a RootCommand: the help would then show the assembly's name instead of "darkroom".
    public static Command Create(ServerOptions server)
    {
        var environment = server.CommandEnvironment;
        var root = new DarkroomRoot
        {
            new HelpOption { Description = Words.HelpOption, Action = new HelpWithExamples() },
            new VersionOption { Description = Words.VersionOption },
            LanguageOption(),
            new UpCommand(environment),
            new GenerateCommand(server),
            new BatchCommand(server),
            new StatusCommand(server),
            new ListCommand(server),
            new DownloadCommand(server),
            new CancelCommand(server),
            new ResubmitCommand(server),
            new RetryCommand(server),
            new PriorityCommand(server),
            new GateCommand(server),
            new UsageCommand(server),
            new DoctorCommand(server),
            new McpCommand(server),
            new CompletionCommand(environment),
            new AzureCommand(environment),
            new TestCommand(environment),
            new ProveCommand(environment),
            new ChaosCommand(environment),
            new BenchCommand(environment),
            new FuzzCommand(environment),
            new ShipCommand(environment),
            new DocsCommand(environment),
        };
        return root;
    }

    // Language.Of reads the option before the command line is parsed; here it is only described and checked.
    private static Option<string?> LanguageOption()
    {
        var option = new Option<string?>(Language.OptionName) { Description = Words.LanguageOption, HelpName = "en|zh", Recursive = true };
        option.AcceptOnlyFromAmong([.. Language.Names]);
        return option;
    }

    private sealed class DarkroomRoot : DocumentedCommand
    {
        public DarkroomRoot()
            : base("darkroom", Words.Darkroom)
        {
            Examples = ["darkroom up --open", "darkroom generate \"a golden cat\"", "darkroom doctor"];
            ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage, ExitCode.Unreachable, ExitCode.Interrupted];
        }
    }
}
