using System.CommandLine;
using System.Text;
using Darkroom.Cli.Help;
using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Generate;

/// <summary><c>darkroom generate "a golden cat"</c>: submits a job, waits for it, and saves its pictures.</summary>
internal sealed class GenerateCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly GenerateOptions _options = new();

    public GenerateCommand(ServerOptions server)
        : base("generate", GenerateWords.Command)
    {
        _server = server;
        _options.AddTo(this);
        server.AddTo(this);
        Examples =
        [
            "darkroom generate \"a golden cat\" --seed 7 --tag pets",
            "darkroom generate \"一只金色的猫\" --size 1024x768 -n 4 --out cats",
            "darkroom generate \"make it snow\" --model Qwen/Qwen-Image-Edit-2511 --image-url https://example.com/roof.png",
        ];
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage, ExitCode.Unreachable, ExitCode.Interrupted];
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

        return await new JobFinish(server, _options.FolderOf(parsed, environment), environment, isJson).RunAsync(accepted, cancellation);
    }

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
            await _server.CommandEnvironment.Error.WriteLineAsync(GenerateWords.WayBack.With(key));
            throw;
        }
        catch (CommandException exception) when (exception.MayBeDone)
        {
            var message = $"{exception.Message}{Environment.NewLine}{GenerateWords.WayBack.With(key)}";
            throw new CommandException(exception.ExitCode, message, exception) { Json = exception.Json };
        }
    }
}
