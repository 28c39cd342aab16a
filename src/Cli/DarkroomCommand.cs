using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Darkroom.Cli.Batches;
using Darkroom.Cli.Generate;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Mcp;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;
using Darkroom.Cli.Up;

namespace Darkroom.Cli;

/// <summary>The root command: its subcommands, and how errors become exit codes.</summary>
internal static class DarkroomCommand
{
    /// <summary>Runs a command line and returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandEnvironment environment, CancellationToken interrupted)
    {
        environment = environment with { Out = new PlainWriter(environment.Out), Error = new PlainWriter(environment.Error) };
        var server = new ServerOptions(environment);
        var parsed = Create(environment, server).Parse([.. arguments]);
        // Interruption handles signals, because each command prints what continues to run after it.
        var configuration = new InvocationConfiguration
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            var code = await parsed.InvokeAsync(configuration, interrupted);
            return parsed.Action is ParseErrorAction ? ExitCode.Usage : code;
        }
        catch (CommandException exception)
        {
            if (exception.Json is { } json && parsed.GetValue(server.Json))
                await environment.Out.WriteLineAsync(json);
            await environment.Error.WriteLineAsync(exception.Message);
            return exception.ExitCode;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    // Not a RootCommand: the help would then show the assembly's name instead of "darkroom".
    private static Command Create(CommandEnvironment environment, ServerOptions server) =>
        new("darkroom", $"Darkroom generates pictures from prompts with ModelScope. {ExitCode.Meaning}")
        {
            new HelpOption(),
            new VersionOption(),
            new UpCommand(environment),
            new GenerateCommand(server),
            new BatchCommand(server),
            new StatusCommand(server),
            new ListCommand(server),
            new CancelCommand(server),
            new DownloadCommand(server),
            new McpCommand(server),
        };
}
