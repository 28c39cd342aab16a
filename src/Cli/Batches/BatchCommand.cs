using System.CommandLine;
using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Batches;

/// <summary><c>darkroom batch FILE</c>: submits the requests in a file, and follows them.</summary>
internal sealed class BatchCommand : Command
{
    private readonly ServerOptions _server;
    private readonly Argument<string> _file = new("file")
    {
        Description =
            "Requests: .ndjson or .jsonl (one per line), .csv (with a header), .txt (one prompt per line), .json (items or a matrix).",
    };
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Check the file, print what it would cost, and submit nothing.",
    };
    private readonly Option<string?> _onInvalid = new(
        "--on-invalid")
    { Description = "What to do with invalid lines: reject the whole file (the default), or skip the lines." };
    private readonly Option<bool> _follow = new("--follow") { Description = "Follow the batch until it is finished (the default)." };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Print the batch's id and exit." };
    private readonly Option<string?> _out = OutOption.Create("Save results, errors and pictures in this folder at the end of the batch.");
    private readonly Option<string?> _key = new(
        "--idempotency-key")
    {
        Description = "The same key with the same file is the same batch, paid once. Default: made from the file.",
        HelpName = "KEY"
    };

    public BatchCommand(ServerOptions server)
        : base("batch", "Make pictures from a file of requests. Run it again with the same file to follow the same batch.")
    {
        _server = server;
        _onInvalid.AcceptOnlyFromAmong("reject", "skip");
        Arguments.Add(_file);
        foreach (var option in new Option[] { _dryRun, _onInvalid, _follow, _noWait, _out, _key })
            Options.Add(option);
        server.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_noWait) && (parsed.GetValue(_follow) || parsed.GetValue(_out) is not null))
            throw CommandException.Usage("--no-wait: The command exits before there are results. Remove it, or --follow and --out.");
        using var server = _server.Connect(parsed);
        var file = BatchFile.Open(Path.Combine(_server.CommandEnvironment.Directory, parsed.GetRequiredValue(_file)));
        if (parsed.GetValue(_dryRun))
            return await CheckAsync(server, file, parsed, cancellation);

        var key = parsed.GetValue(_key) ?? await file.KeyAsync(cancellation);
        var path = parsed.GetValue(_onInvalid) is { } rule ? $"{BatchPaths.All}?onInvalid={rule}" : BatchPaths.All;
        var accepted = await server.PostAsync(path, key, file.ToContent, cancellation);
        var batch = accepted.Read(CliJson.Default.AcceptedBatch);
        var (environment, isJson) = (_server.CommandEnvironment, parsed.GetValue(_server.Json));
        if (batch.Skipped > 0)
            await environment.Error.WriteLineAsync($"Lines that are not valid and were skipped: {batch.Skipped}.");
        if (parsed.GetValue(_noWait))
        {
            await environment.Out.WriteLineAsync(isJson ? accepted.Body : batch.Id);
            return ExitCode.Ok;
        }

        try
        {
            return await FollowAsync(server, batch.Id, file, parsed, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await environment.Error.WriteLineAsync($"The batch {batch.Id} continues. Run the same command again to follow it.");
            return ExitCode.Interrupted;
        }
    }

    private async Task<int> FollowAsync(
        DarkroomServer server, string id, BatchFile file, ParseResult parsed, CancellationToken cancellation)
    {
        var (environment, isJson) = (_server.CommandEnvironment, parsed.GetValue(_server.Json));
        var answer = await BatchWatch.UntilOverAsync(server, id, environment, cancellation);
        var batch = answer.Read(CliJson.Default.BatchState);
        await environment.Out.WriteLineAsync(isJson ? answer.Body : BatchText.Result(batch));

        if (parsed.GetValue(_out) is { } folder)
        {
            var tell = isJson ? environment.Error : environment.Out;
            var results = new BatchResults(server, OutOption.FolderOf(folder, environment));
            await results.SaveAsync(
                id, Path.GetFileNameWithoutExtension(file.Path), path => tell.WriteLine(environment.Shown(path)), cancellation);
        }
        else if (!isJson)
        {
            await environment.Out.WriteLineAsync($"Save its pictures with: darkroom batch {environment.Shown(file.Path)} --out DIR");
        }

        return batch.Counts.Succeeded == batch.Counts.Total ? ExitCode.Ok : ExitCode.Failed;
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
