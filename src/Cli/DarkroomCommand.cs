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

/// <summary>The darkroom command: what it can do, and how it ends.</summary>
internal static class DarkroomCommand
{
    /// <summary>Runs what <paramref name="arguments"/> ask for; the result is the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken interrupted)
    {
        surroundings = surroundings with { Out = new PlainWriter(surroundings.Out), Error = new PlainWriter(surroundings.Error) };
        var server = new ServerOptions(surroundings);
        var parsed = Create(surroundings, server).Parse([.. arguments]);
        // Signals are ours: each command says what it leaves behind.
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

    // No RootCommand: that is called after the assembly, and this is called darkroom.
    private static Command Create(Surroundings surroundings, ServerOptions server) =>
        new("darkroom", $"Darkroom develops pictures: give it a prompt, and it brings them from ModelScope. {ExitCode.Meaning}")
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
