using System.CommandLine;
using Darkroom.Cli.Help;
using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary><c>darkroom download ID</c>: saves a job's pictures.</summary>
internal sealed class DownloadCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _id = JobIdArgument.Create();
    private readonly Option<string?> _out = OutOption.Create();

    public DownloadCommand(ServerOptions server)
        : base("download", JobWords.DownloadCommand)
    {
        _server = server;
        Arguments.Add(_id);
        Options.Add(_out);
        server.AddTo(this);
        Examples = ["darkroom download q3zxszy1wftfyabp67qk5r1696 --out pictures"];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var environment = _server.CommandEnvironment;
        var answer = await server.GetAsync(JobPaths.Of(parsed.GetRequiredValue(_id)), cancellation);
        var job = answer.Read(CliJson.Default.Job);
        if (job.IsOver)
            return await JobResult.TellAsync(
                server,
                answer,
                OutOption.FolderOf(parsed.GetValue(_out), environment),
                environment,
                parsed.GetValue(_server.Json),
                cancellation);

        throw new CommandException(ExitCode.Failed, JobWords.JobIsNotOver.With(JobText.Doing(job), job.Id)) { Json = answer.Body };
    }
}
