using Darkroom.Cli.Help;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Operations;

/// <summary><c>darkroom gate</c>: shows the gate; its subcommands stop and start submits.</summary>
internal sealed class GateCommand : DocumentedCommand
{
    public GateCommand(ServerOptions server)
        : base("gate", OperationsWords.GateCommand)
    {
        server.AddTo(this);
        Subcommands.Add(new PauseCommand(server));
        Subcommands.Add(new ResumeCommand(server));
        Examples = ["darkroom gate", "darkroom gate --json"];
        SetAction(async (parsed, cancellation) =>
        {
            using var connection = server.Connect(parsed);
            return await GateText.ShowAsync(server, parsed, await connection.GetAsync(GatePaths.Gate, cancellation));
        });
    }
}
