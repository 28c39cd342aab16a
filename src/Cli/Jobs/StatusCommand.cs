using System.CommandLine;
using Darkroom.Cli.Batches;
using Darkroom.Cli.Help;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary><c>darkroom status ID</c>: prints the state of a job, or of a batch with <c>--batch</c>.</summary>
internal sealed class StatusCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _id = JobIdArgument.Create(JobWords.JobOrBatchId);
    private readonly Option<bool> _wait = new("--wait") { Description = JobWords.WaitOption };
    private readonly Option<bool> _isBatch = new("--batch") { Description = JobWords.StatusBatchOption };

    public StatusCommand(ServerOptions server)
        : base("status", JobWords.StatusCommand)
    {
        _server = server;
        Arguments.Add(_id);
        Options.Add(_wait);
        Options.Add(_isBatch);
        server.AddTo(this);
        Examples = ["darkroom status q3zxszy1wftfyabp67qk5r1696", "darkroom status q3zxszy1wftfyabp67qk5r1696 --wait --json"];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage, ExitCode.Unreachable, ExitCode.Interrupted];
        SetAction((parsed, cancellation) => parsed.GetValue(_isBatch) ? BatchAsync(parsed, cancellation) : JobAsync(parsed, cancellation));
    }

    private async Task<int> JobAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var environment = _server.CommandEnvironment;
        var answer = await server.GetAsync(JobPaths.Of(parsed.GetRequiredValue(_id)), cancellation);
        if (parsed.GetValue(_wait))
            answer = await JobWatch.UntilOverAsync(server, answer, environment, cancellation);

        var job = answer.Read(CliJson.Default.Job);
        if (parsed.GetValue(_server.Json))
            await environment.Out.WriteLineAsync(answer.Body);
        else
            FactSheet.Print(environment, JobFacts.Of(job));
        return job.IsOver && !job.IsSuccess ? ExitCode.Failed : ExitCode.Ok;
    }

    private async Task<int> BatchAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var (environment, id) = (_server.CommandEnvironment, parsed.GetRequiredValue(_id));
        var answer = parsed.GetValue(_wait)
            ? await BatchWatch.UntilOverAsync(server, id, environment, cancellation)
            : await server.GetAsync(BatchPaths.Of(id), cancellation);
        var batch = answer.Read(CliJson.Default.BatchState);
        if (parsed.GetValue(_server.Json))
            await environment.Out.WriteLineAsync(answer.Body);
        else
            FactSheet.Print(environment, BatchText.Facts(batch));
        return batch.IsFinished && batch.Counts.Succeeded < batch.Counts.Total ? ExitCode.Failed : ExitCode.Ok;
    }
}
