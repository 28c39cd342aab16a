using System.CommandLine;
using Darkroom.Cli.Batches;
using Darkroom.Cli.Help;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary><c>darkroom cancel ID</c>: cancels a job, or a batch with <c>--batch</c>.</summary>
internal sealed class CancelCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _id = JobIdArgument.Create(JobWords.JobOrBatchId);
    private readonly Option<bool> _isBatch = new("--batch") { Description = JobWords.CancelBatchOption };

    public CancelCommand(ServerOptions server)
        : base("cancel", JobWords.CancelCommand)
    {
        _server = server;
        Arguments.Add(_id);
        Options.Add(_isBatch);
        server.AddTo(this);
        Examples = ["darkroom cancel ex2esa68sq9w01txg2h29kgae2", "darkroom cancel --batch b7w2x0k1rj1y9c2h8d6g3tqwea"];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var (id, isBatch) = (parsed.GetRequiredValue(_id), parsed.GetValue(_isBatch));
        var answer = await server.DeleteAsync(isBatch ? BatchPaths.Of(id) : JobPaths.Of(id), cancellation);
        await _server.CommandEnvironment.Out.WriteLineAsync(
            parsed.GetValue(_server.Json) ? answer.Body
            : isBatch ? Told(answer.Read(CliJson.Default.BatchState))
            : Told(answer.Read(CliJson.Default.Job)));
        return ExitCode.Ok;
    }

    private static string Told(Job job) => (job.IsOver, job.Status) switch
    {
        (true, "canceled") => $"{JobWords.JobIsCanceled.With(job.Id)} {job.Error?.Detail}".TrimEnd(),
        (true, _) => JobWords.JobIsOverAlready.With(job.Id, JobText.Doing(job)),
        _ => $"{JobWords.JobIsBeingCanceled.With(job.Id)} {job.Waiting?.Reason}".TrimEnd(),
    };

    private static string Told(BatchState batch) =>
        batch.IsFinished ? BatchText.Result(batch) : JobWords.BatchIsBeingCanceled.With(batch.Id, batch.Counts.Running);
}
