using System.CommandLine;
using Darkroom.Cli.Help;
using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary><c>darkroom resubmit ID</c>: tries a job again that ended without all its pictures.</summary>
internal sealed class ResubmitCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _id = JobIdArgument.Create();
    private readonly Option<string?> _out = OutOption.Create();
    private readonly Option<bool> _noWait = new("--no-wait") { Description = JobWords.NoWaitOption };

    public ResubmitCommand(ServerOptions server)
        : base("resubmit", JobWords.ResubmitCommand)
    {
        _server = server;
        Arguments.Add(_id);
        Options.Add(_out);
        Options.Add(_noWait);
        server.AddTo(this);
        Examples = ["darkroom resubmit q3zxszy1wftfyabp67qk5r1696"];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage, ExitCode.Unreachable, ExitCode.Interrupted];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var (environment, isJson, id) = (_server.CommandEnvironment, parsed.GetValue(_server.Json), parsed.GetRequiredValue(_id));
        var accepted = await PostAsync(server, id, cancellation);
        if (parsed.GetValue(_noWait))
        {
            var attempt = accepted.Read(CliJson.Default.Job).Attempt;
            await environment.Out.WriteLineAsync(isJson ? accepted.Body : JobWords.Resubmitted.With(id, attempt));
            return ExitCode.Ok;
        }

        var folder = OutOption.FolderOf(parsed.GetValue(_out), environment);
        return await new JobFinish(server, folder, environment, isJson).RunAsync(accepted, cancellation);
    }

    // A second POST could start a second attempt, which can be a second paid task. So it is sent once.
    private static async Task<ServerAnswer> PostAsync(DarkroomServer server, string id, CancellationToken cancellation)
    {
        try
        {
            return await server.PostOnceAsync(JobPaths.Resubmit(id), cancellation);
        }
        catch (CommandException exception) when (exception.MayBeDone)
        {
            var message = $"{exception.Message}{Environment.NewLine}{Words.MayHaveArrived.With(id)}";
            throw new CommandException(exception.ExitCode, message, exception) { Json = exception.Json };
        }
    }
}
