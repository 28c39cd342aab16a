using System.CommandLine;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary><c>darkroom cancel ID</c>: cancels a job.</summary>
internal sealed class CancelCommand : Command
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _id = JobIdArgument.Create();

    public CancelCommand(ServerOptions server)
        : base("cancel", "Cancel a job. A task that ModelScope has already accepted may still be made and paid for.")
    {
        _server = server;
        Arguments.Add(_id);
        server.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var answer = await server.DeleteAsync(JobPaths.Of(parsed.GetRequiredValue(_id)), cancellation);
        await _server.CommandEnvironment.Out.WriteLineAsync(
            parsed.GetValue(_server.Json) ? answer.Body : Told(answer.Read(CliJson.Default.Job)));
        return ExitCode.Ok;
    }

    private static string Told(Job job) => (job.IsOver, job.Status) switch
    {
        (true, "canceled") => $"The job {job.Id} is canceled. {job.Error?.Detail}".TrimEnd(),
        (true, _) => $"The job {job.Id} is over already: {JobText.Doing(job)}.",
        _ => $"The job {job.Id} is being canceled. {job.Waiting?.Reason}".TrimEnd(),
    };
}
