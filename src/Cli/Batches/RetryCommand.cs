using System.CommandLine;
using Darkroom.Cli.Help;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Batches;

/// <summary><c>darkroom retry ID</c>: makes the failed items of a batch again, in a child batch.</summary>
internal sealed class RetryCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _id = JobIdArgument.Create(BatchWords.BatchId);
    private readonly Option<bool> _unknown = new("--include-unknown") { Description = BatchWords.IncludeUnknown };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = BatchWords.NoWait };
    private readonly Option<string?> _out = OutOption.Create(BatchWords.Out);
    private readonly Option<string?> _key = new("--idempotency-key") { Description = BatchWords.RetryKey, HelpName = "KEY" };

    public RetryCommand(ServerOptions server)
        : base("retry", BatchWords.RetryCommand)
    {
        _server = server;
        Arguments.Add(_id);
        foreach (var option in new Option[] { _unknown, _noWait, _out, _key })
            Options.Add(option);
        server.AddTo(this);
        Examples = ["darkroom retry b7w2x0k1rj1y9c2h8d6g3tqwea --out pets"];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage, ExitCode.Unreachable, ExitCode.Interrupted];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_noWait) && parsed.GetValue(_out) is not null)
            throw CommandException.Usage(BatchWords.NoWaitWithFollow);
        using var server = _server.Connect(parsed);
        var (environment, isJson) = (_server.CommandEnvironment, parsed.GetValue(_server.Json));
        var path = BatchPaths.Retry(parsed.GetRequiredValue(_id), parsed.GetValue(_unknown));
        // All tries of the POST carry one key, so they start one batch.
        var key = parsed.GetValue(_key) ?? Guid.NewGuid().ToString();
        var accepted = await server.PostAsync(path, key, () => new ByteArrayContent([]), cancellation);
        var child = accepted.Read(CliJson.Default.AcceptedBatch);
        if (parsed.GetValue(_noWait))
        {
            await environment.Out.WriteLineAsync(isJson ? accepted.Body : child.Id);
            return ExitCode.Ok;
        }

        await environment.Error.WriteLineAsync(BatchWords.Retrying.With(child.Total, child.Id));
        return await new BatchFinish(server, environment, isJson, parsed.GetValue(_out)).RunAsync(child.Id, "retry", cancellation);
    }
}
