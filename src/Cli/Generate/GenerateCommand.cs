using System.CommandLine;
using System.Text;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Generate;

/// <summary><c>darkroom generate "a golden cat"</c>: submits a job, waits for it, and saves its pictures.</summary>
internal sealed class GenerateCommand : Command
{
    private readonly ServerOptions _server;
    private readonly GenerateOptions _options = new();

    public GenerateCommand(ServerOptions server)
        : base("generate", "Make pictures from a prompt and save them.")
    {
        _server = server;
        _options.AddTo(this);
        server.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = _server.Connect(parsed);
        var (environment, isJson) = (_server.CommandEnvironment, parsed.GetValue(_server.Json));
        var (accepted, id) = await PostAsync(server, parsed, cancellation);
        if (!_options.IsToWait(parsed))
        {
            await environment.Out.WriteLineAsync(isJson ? accepted.Body : id);
            return ExitCode.Ok;
        }

        try
        {
            var over = await JobWatch.UntilOverAsync(server, accepted, environment, cancellation);
            return await JobResult.TellAsync(server, over, _options.FolderOf(parsed, environment), environment, isJson, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await environment.Error.WriteLineAsync($"The job {id} continues. To see its state: darkroom status {id}");
            return ExitCode.Interrupted;
        }
        catch (CommandException exception) when (exception.ExitCode == ExitCode.Unreachable)
        {
            throw new CommandException(
                exception.ExitCode,
                $"{exception.Message}{Environment.NewLine}The job {id} continues when the server is back: darkroom status {id}",
                exception);
        }
    }

    private static string WayBack(string key) =>
        $"The request may have arrived. Run the same command with --idempotency-key {key} to find its job without paying twice.";

    // All tries of the POST carry the same key, so they start one job, which is paid once.
    private async Task<(ServerAnswer Accepted, string Id)> PostAsync(
        DarkroomServer server, ParseResult parsed, CancellationToken cancellation)
    {
        var key = _options.KeyOf(parsed);
        var body = _options.RequestOf(parsed).ToJson().ToJsonString(CliJson.Written.Options);
        try
        {
            var accepted = await server.PostAsync(
                JobPaths.All, key, () => new StringContent(body, Encoding.UTF8, "application/json"), cancellation);
            return (accepted, accepted.Read(CliJson.Default.Job).Id);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await _server.CommandEnvironment.Error.WriteLineAsync(WayBack(key));
            throw;
        }
        catch (CommandException exception) when (exception.MayBeDone)
        {
            var message = $"{exception.Message}{Environment.NewLine}{WayBack(key)}";
            throw new CommandException(exception.ExitCode, message, exception) { Json = exception.Json };
        }
    }
}
