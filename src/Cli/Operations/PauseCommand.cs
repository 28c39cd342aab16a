using System.CommandLine;
using Darkroom.Cli.Help;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Operations;

/// <summary><c>darkroom gate pause</c>: stops submits, and waits on request until none is under way.</summary>
internal sealed class PauseCommand : DocumentedCommand
{
    private readonly ServerOptions _server;
    private readonly Option<string?> _reason = new("--reason") { Description = OperationsWords.PauseReason, HelpName = "TEXT" };
    private readonly Option<string?> _until = new("--until") { Description = OperationsWords.PauseUntil, HelpName = "TIME" };
    private readonly Option<bool> _wait = new("--wait") { Description = OperationsWords.PauseWait };

    public PauseCommand(ServerOptions server)
        : base("pause", OperationsWords.PauseCommand)
    {
        _server = server;
        foreach (var option in new Option[] { _reason, _until, _wait })
            Options.Add(option);
        server.AddTo(this);
        Examples = [
            "darkroom gate pause --reason \"new token on Monday\" --until 2026-12-07T09:00", "darkroom gate pause --until 30m --wait"];
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var environment = _server.CommandEnvironment;
        var until = parsed.GetValue(_until) is { } text ? Moment.Read(_until.Name, text, environment.Time.GetUtcNow()) : null;
        using var connection = _server.Connect(parsed);
        var answer = await GatePause.BeginAsync(connection, parsed.GetValue(_reason), until, cancellation);
        if (parsed.GetValue(_wait))
            answer = await GatePause.UntilNothingIsSubmittedAsync(connection, answer, environment, cancellation);
        return await GateText.ShowAsync(_server, parsed, answer);
    }
}
