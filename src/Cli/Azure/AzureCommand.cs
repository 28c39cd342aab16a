using System.CommandLine;
using Darkroom.Cli.Help;

namespace Darkroom.Cli.Azure;

/// <summary><c>darkroom azure</c>: the steps that azd runs before and after its own (azure.yaml).</summary>
internal sealed class AzureCommand : DocumentedCommand
{
    public AzureCommand(CommandEnvironment environment)
        : base("azure", AzureWords.AzureCommand)
    {
        foreach (var step in new Command[]
        {
            new CheckCommand(environment), new SecretsCommand(environment), new PauseForDeploymentCommand(environment),
            new ResumeAfterDeploymentCommand(environment), new WarnCommand(environment), new ParametersCommand(environment),
        })
            Subcommands.Add(step);
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
    }
}
