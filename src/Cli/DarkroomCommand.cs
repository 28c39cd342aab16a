using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Darkroom.Cli.Completion;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli;

/// <summary>Runs a command line: its language, and how errors become exit codes.</summary>
internal static class DarkroomCommand
{
    /// <summary>Runs a command line and returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandEnvironment environment, CancellationToken interrupted)
    {
        // "darkroom help gate" is what many tools understand.
        if (arguments.Count > 0 && arguments[0] == "help")
            arguments = [.. arguments.Skip(1), "--help"];
        // Of this command only: the value flows with the asynchronous calls, and the caller keeps its own.
        CultureInfo.CurrentUICulture = Language.Of(arguments, environment.Variable);
        environment = environment with { Out = new PlainWriter(environment.Out), Error = new PlainWriter(environment.Error) };
        var server = new ServerOptions(environment);
        var root = CommandTree.Create(server);
        if (Suggestions.Of(root, arguments) is { } suggestions)
        {
            foreach (var suggestion in suggestions)
                await environment.Out.WriteLineAsync(suggestion);
            return ExitCode.Ok;
        }

        var parsed = root.Parse([.. arguments]);
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
}
