using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary>Saves the pictures of a finished job, and prints them and any error.</summary>
internal static class JobResult
{
    /// <summary>Saves and prints the result, and returns the exit code.</summary>
    public static async Task<int> TellAsync(
        DarkroomServer server, ServerAnswer answer, string folder, CommandEnvironment environment, bool isJson,
        CancellationToken cancellation)
    {
        var job = answer.Read(CliJson.Default.Job);
        if (isJson)
            await environment.Out.WriteLineAsync(answer.Body);
        await JobPictures.SaveAsync(server, job, folder, environment, isJson, cancellation);
        foreach (var line in JobText.Failure(job))
            await environment.Error.WriteLineAsync(line);
        if (!isJson && job.Images.Count > 0)
        {
            string?[] facts = [
                JobText.Seeds(job) is { } seeds ? JobWords.Seed.With(seeds) : null, JobText.Took(job), JobWords.OfJob.With(job.Id)];
            await environment.Out.WriteLineAsync(string.Join("  ", facts.OfType<string>()));
        }
        else if (!job.IsSuccess)
        {
            await environment.Error.WriteLineAsync(JobWords.Job.With(job.Id));
        }

        return job.IsSuccess ? ExitCode.Ok : ExitCode.Failed;
    }
}
