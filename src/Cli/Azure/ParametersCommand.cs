namespace Darkroom.Cli.Azure;

/// <summary><c>darkroom azure parameters</c>: prints the parameters that azd would pass to infra/main.bicep.</summary>
internal sealed class ParametersCommand(CommandEnvironment environment)
    : AzureStep("parameters", AzureWords.ParametersCommand, environment)
{
    protected override async Task RunAsync(Deployment deployment, AzureCli azure, CancellationToken cancellation)
    {
        var settings = DeploymentSettings.Of(CommandEnvironment);
        if (settings.Problems().ToArray() is { Length: > 0 } problems)
            throw CommandException.Usage(string.Join(Environment.NewLine, problems));
        await CommandEnvironment.Out.WriteLineAsync(settings.ToParameterFile());
    }
}
