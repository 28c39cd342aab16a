using System.CommandLine;
using Darkroom.Cli.Help;
using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Batches;

/// <summary>
/// <c>darkroom batch FILE</c>: submits the requests in a file and follows them; <c>--resume ID</c> follows a batch again.
/// </summary>
internal sealed class BatchCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly Argument<string?> _file = new("file") { Description = BatchWords.File, Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _resume = new("--resume") { Description = BatchWords.Resume, HelpName = "ID" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = BatchWords.DryRun };
    private readonly Option<string?> _onInvalid = new("--on-invalid") { Description = BatchWords.OnInvalid, HelpName = "reject|skip" };
    private readonly Option<bool> _follow = new("--follow") { Description = BatchWords.Follow };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = BatchWords.NoWait };
    private readonly Option<string?> _out = OutOption.Create(BatchWords.Out);
    private readonly Option<string?> _webhook = new("--webhook") { Description = BatchWords.Webhook, HelpName = "URL" };
    private readonly Option<string?> _key = new("--idempotency-key") { Description = BatchWords.IdempotencyKey, HelpName = "KEY" };

    public BatchCommand(ServerOptions server)
        : base("batch", BatchWords.BatchCommand)
    {
        _server = server;
        _onInvalid.AcceptOnlyFromAmong("reject", "skip");
        Arguments.Add(_file);
        foreach (var option in new Option[] { _resume, _dryRun, _onInvalid, _follow, _noWait, _out, _webhook, _key })
            Options.Add(option);
        server.AddTo(this);
        Examples =
        [
            "darkroom batch pets.csv --dry-run",
            "darkroom batch pets.csv --on-invalid skip --out pets",
            "darkroom batch --resume b7w2x0k1rj1y9c2h8d6g3tqwea --out pets",
        ];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage, ExitCode.Unreachable, ExitCode.Interrupted];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_noWait) && (parsed.GetValue(_follow) || parsed.GetValue(_out) is not null))
            throw CommandException.Usage(BatchWords.NoWaitWithFollow);
        var (given, resume) = (parsed.GetValue(_file), parsed.GetValue(_resume));
        if (given is null == resume is null)
            throw CommandException.Usage(BatchWords.FileOrResume);
        using var server = _server.Connect(parsed);
        var follow = new BatchFinish(server, _server.CommandEnvironment, parsed.GetValue(_server.Json), parsed.GetValue(_out));
        if (resume is not null)
            return await follow.RunAsync(resume, "batch", cancellation);

        var file = BatchFile.Open(Path.Combine(_server.CommandEnvironment.Directory, given!));
        if (parsed.GetValue(_dryRun))
            return await CheckAsync(server, file, parsed, cancellation);
        var (id, isToFollow) = await SubmitAsync(server, file, parsed, cancellation);
        return isToFollow ? await follow.RunAsync(id, Path.GetFileNameWithoutExtension(file.Path), cancellation) : ExitCode.Ok;
    }

    private async Task<(string Id, bool IsToFollow)> SubmitAsync(
        DarkroomServer server, BatchFile file, ParseResult parsed, CancellationToken cancellation)
    {
        var key = parsed.GetValue(_key) ?? await file.KeyAsync(cancellation);
        (string Name, string? Value)[] query = [("onInvalid", parsed.GetValue(_onInvalid)), ("webhook", parsed.GetValue(_webhook))];
        var parts = query.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
        var path = $"{BatchPaths.All}?{string.Join('&', parts)}".TrimEnd('?');
        var accepted = await server.PostAsync(path, key, file.ToContent, cancellation);
        var batch = accepted.Read(CliJson.Default.AcceptedBatch);
        var environment = _server.CommandEnvironment;
        if (batch.Skipped > 0)
            await environment.Error.WriteLineAsync(BatchWords.Skipped.With(batch.Skipped));
        if (!parsed.GetValue(_noWait))
            return (batch.Id, true);
        await environment.Out.WriteLineAsync(parsed.GetValue(_server.Json) ? accepted.Body : batch.Id);
        return (batch.Id, false);
    }

    private async Task<int> CheckAsync(DarkroomServer server, BatchFile file, ParseResult parsed, CancellationToken cancellation)
    {
        var answer = await server.PostAsync($"{BatchPaths.All}?validate=only", idempotencyKey: null, file.ToContent, cancellation);
        var check = answer.Read(CliJson.Default.BatchCheck);
        foreach (var line in parsed.GetValue(_server.Json) ? [answer.Body] : BatchText.Check(check))
            await _server.CommandEnvironment.Out.WriteLineAsync(line);
        return check.Invalid.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
