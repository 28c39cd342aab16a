using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Darkroom.Cli.Help;
using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Operations;

/// <summary><c>darkroom gate</c>: shows the gate; <c>gate pause</c> and <c>gate resume</c> stop and start submits.</summary>
internal sealed class GateCommand : DocumentedCommand
{
    private readonly ServerOptions _server;

    public GateCommand(ServerOptions server)
        : base("gate", OperationsWords.GateCommand)
    {
        _server = server;
        server.AddTo(this);
        Subcommands.Add(new PauseCommand(this));
        Subcommands.Add(new ResumeCommand(this));
        Examples = ["darkroom gate", "darkroom gate --json"];
        SetAction((parsed, cancellation) => RunAsync(parsed, server => server.GetAsync(GatePaths.Gate, cancellation)));
    }

    private async Task<int> RunAsync(ParseResult parsed, Func<DarkroomServer, Task<ServerAnswer>> call)
    {
        using var server = _server.Connect(parsed);
        var answer = await call(server);
        var gate = answer.Read(CliJson.Default.Gate);
        if (parsed.GetValue(_server.Json))
            await _server.CommandEnvironment.Out.WriteLineAsync(answer.Body);
        else
            FactSheet.Print(_server.CommandEnvironment, GateText.Facts(gate));
        return ExitCode.Ok;
    }

    private sealed class PauseCommand : DocumentedCommand
    {
        private readonly Option<string?> _reason = new("--reason") { Description = OperationsWords.PauseReason, HelpName = "TEXT" };
        private readonly Option<string?> _until = new("--until") { Description = OperationsWords.PauseUntil, HelpName = "TIME" };

        public PauseCommand(GateCommand gate)
            : base("pause", OperationsWords.PauseCommand)
        {
            Options.Add(_reason);
            Options.Add(_until);
            gate._server.AddTo(this);
            Examples = ["darkroom gate pause --reason \"new token on Monday\" --until 2026-12-07T09:00", "darkroom gate pause --until 2h"];
            SetAction((parsed, cancellation) =>
            {
                var body = BodyOf(parsed, gate._server.CommandEnvironment.Time.GetUtcNow());
                return gate.RunAsync(parsed, server => server.PostAsync(
                    GatePaths.Pause, idempotencyKey: null, () => new StringContent(body, Encoding.UTF8, "application/json"), cancellation));
            });
        }

        private string BodyOf(ParseResult parsed, DateTimeOffset now)
        {
            var body = new JsonObject();
            if (parsed.GetValue(_reason) is { } reason)
                body["reason"] = reason;
            if (parsed.GetValue(_until) is { } until)
                body["until"] = Moment.Read(_until.Name, until, now);
            return body.ToJsonString(CliJson.Written.Options);
        }
    }

    private sealed class ResumeCommand : DocumentedCommand
    {
        public ResumeCommand(GateCommand gate)
            : base("resume", OperationsWords.ResumeCommand)
        {
            gate._server.AddTo(this);
            Examples = ["darkroom gate resume"];
            SetAction((parsed, cancellation) => gate.RunAsync(parsed, server => server.PostAsync(
                GatePaths.Resume, idempotencyKey: null, () => new ByteArrayContent([]), cancellation)));
        }
    }
}
