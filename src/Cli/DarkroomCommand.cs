using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Darkroom.Cli.Batches;
using Darkroom.Cli.Generate;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;
using Darkroom.Cli.Up;

namespace Darkroom.Cli;

/// <summary>The root command: its subcommands, and how errors become exit codes.</summary>
internal static class DarkroomCommand
{
    /// <summary>Runs a command line and returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken interrupted)
    {
        surroundings = surroundings with { Out = new PlainWriter(surroundings.Out), Error = new PlainWriter(surroundings.Error) };
        var server = new ServerOptions(surroundings);
        var parsed = Create(surroundings, server).Parse([.. arguments]);
        // Interruption handles signals, because each command prints what continues to run after it.
        var configuration = new InvocationConfiguration
        {
            Output = surroundings.Out,
            Error = surroundings.Error,
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
                await surroundings.Out.WriteLineAsync(json);
            await surroundings.Error.WriteLineAsync(exception.Message);
            return exception.ExitCode;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    // Not a RootCommand: the help would then show the assembly's name instead of "darkroom".
    private static Command Create(Surroundings surroundings, ServerOptions server) =>
        new("darkroom", $"Darkroom generates pictures from prompts with ModelScope. {ExitCode.Meaning}")
        {
            new HelpOption(),
            new VersionOption(),
            new UpCommand(surroundings),
            new GenerateCommand(server),
            new BatchCommand(server),
            new StatusCommand(server),
            new ListCommand(server),
            new CancelCommand(server),
            new DownloadCommand(server),
        };
}
