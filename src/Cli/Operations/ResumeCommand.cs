using Darkroom.Cli.Help;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Operations;

/// <summary><c>darkroom gate resume</c>: starts submits again.</summary>
internal sealed class ResumeCommand : DocumentedCommand
{
    public ResumeCommand(ServerOptions server)
        : base("resume", OperationsWords.ResumeCommand)
    {
        server.AddTo(this);
        Examples = ["darkroom gate resume"];
        SetAction(async (parsed, cancellation) =>
        {
            using var connection = server.Connect(parsed);
            return await GateText.ShowAsync(server, parsed, await GatePause.EndAsync(connection, cancellation));
        });
    }
}
