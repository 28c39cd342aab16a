using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary>Waits for a job and saves its pictures, as <c>generate</c> and <c>resubmit</c> do.</summary>
internal sealed class JobFinish(DarkroomServer server, string folder, CommandEnvironment environment, bool isJson)
{
    /// <summary>Follows the job, and returns the exit code. If it is interrupted, it prints how to come back.</summary>
    public async Task<int> RunAsync(ServerAnswer accepted, CancellationToken cancellation)
    {
        var id = accepted.Read(CliJson.Default.Job).Id;
        try
        {
            var over = await JobWatch.UntilOverAsync(server, accepted, environment, cancellation);
            return await JobResult.TellAsync(server, over, folder, environment, isJson, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await environment.Error.WriteLineAsync(JobWords.JobContinues.With(id));
            return ExitCode.Interrupted;
        }
        catch (CommandException exception) when (exception.ExitCode == ExitCode.Unreachable)
        {
            throw new CommandException(
                exception.ExitCode, $"{exception.Message}{Environment.NewLine}{JobWords.JobContinuesLater.With(id)}", exception);
        }
    }
}
