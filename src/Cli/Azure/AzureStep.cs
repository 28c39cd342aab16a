using Darkroom.Cli.Help;

namespace Darkroom.Cli.Azure;

/// <summary>A subcommand of <c>darkroom azure</c>. It has no options: azd passes everything in environment variables.</summary>
internal abstract class AzureStep : DocumentedCommand
{
    protected AzureStep(string name, string description, CommandEnvironment environment)
        : base(name, description)
    {
        CommandEnvironment = environment;
        ExitCodes = [ExitCode.Ok, ExitCode.Failed, ExitCode.Usage];
        SetAction(async (_, cancellation) =>
        {
            var deployment = new Deployment(environment.Variable);
            await RunAsync(deployment, new AzureCli(deployment.Subscription, environment.Variable), cancellation);
            return ExitCode.Ok;
        });
    }

    protected CommandEnvironment CommandEnvironment { get; }

    /// <exception cref="CommandException">Something is missing. The message says how to get it.</exception>
    protected abstract Task RunAsync(Deployment deployment, AzureCli azure, CancellationToken cancellation);

    protected void Say(string text) => CommandEnvironment.Error.WriteLine($"› {text}");
}
