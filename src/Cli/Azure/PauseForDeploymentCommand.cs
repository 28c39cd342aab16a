using Darkroom.Cli.Operations;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Azure;

/// <summary>
/// <c>darkroom azure pause</c>: pauses submits before the app is replaced, and waits until none is under way. The platform ends running
/// activities, and the outcome of a submit that was ended is unknown.
/// </summary>
internal sealed class PauseForDeploymentCommand(CommandEnvironment environment)
    : AzureStep("pause", AzureWords.PauseCommand, environment)
{
    // The pause ends by itself if the deployment fails and nothing ends it.
    private static readonly TimeSpan LongestDeployment = TimeSpan.FromMinutes(30);

    /// <summary>The reason of the pause, by which it is recognized afterwards.</summary>
    public const string Reason = "deployment";

    protected override async Task RunAsync(Deployment deployment, AzureCli azure, CancellationToken cancellation)
    {
        if (!deployment.PausesForDeployment)
            return;
        if (deployment.Url is not { } url || !await RunningApp.AnswersAsync(url, cancellation))
        {
            Say(AzureWords.NothingToPause);
            return;
        }

        using var server = await RunningApp.ConnectAsync(url, deployment, azure, CommandEnvironment, cancellation);
        var answer = await server.GetAsync(GatePaths.Gate, cancellation);
        // A pause of the operator stays, and keeps its reason if it has to become longer.
        var end = CommandEnvironment.Time.GetUtcNow() + LongestDeployment;
        var paused = answer.Read(CliJson.Default.Gate).Paused;
        if (paused is null || paused.Until < end)
            answer = await GatePause.BeginAsync(server, paused is null ? Reason : paused.Reason, Moment.Write(end), cancellation);
        await GatePause.UntilNothingIsSubmittedAsync(server, answer, CommandEnvironment, cancellation);
        Say(AzureWords.NothingIsSubmitted);
    }
}
