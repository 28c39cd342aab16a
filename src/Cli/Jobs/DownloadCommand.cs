using System.CommandLine;
using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary><c>darkroom download ID</c>: saves a job's pictures.</summary>
internal sealed class DownloadCommand : Command
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _id = JobIdArgument.Create();
    private readonly Option<string?> _out = OutOption.Create("The folder for the pictures. Default: ./generated-images.");

    public DownloadCommand(ServerOptions server)
        : base("download", "Save the pictures of a job.")
    {
        _server = server;
        Arguments.Add(_id);
        Options.Add(_out);
        server.AddTo(this);
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

        await environment.Error.WriteLineAsync(
            $"The job is not over yet: {JobText.Doing(job)}. Wait for it with: darkroom status {job.Id} --wait");
        return ExitCode.Failed;
    }
}
