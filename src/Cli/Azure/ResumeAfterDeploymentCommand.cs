using Darkroom.Cli.Operations;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Azure;

/// <summary><c>darkroom azure resume</c>: ends the pause of a deployment. A pause of the operator stays.</summary>
internal sealed class ResumeAfterDeploymentCommand(CommandEnvironment environment)
    : AzureStep("resume", AzureWords.ResumeCommand, environment)
{
    protected override async Task RunAsync(Deployment deployment, AzureCli azure, CancellationToken cancellation)
    {
        if (!deployment.PausesForDeployment || deployment.Url is not { } url)
            return;
        using var server = await RunningApp.ConnectAsync(url, deployment, azure, CommandEnvironment, cancellation);
        var gate = (await server.GetAsync(GatePaths.Gate, cancellation)).Read(CliJson.Default.Gate);
        if (gate.Paused is null)
            return;
        if (gate.Paused.Reason != PauseForDeploymentCommand.Reason)
        {
            Say(AzureWords.OtherPause.With(gate.Paused.Reason));
            return;
        }

        await GatePause.EndAsync(server, cancellation);
        Say(AzureWords.Resumed);
    }
}
