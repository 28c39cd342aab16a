using Darkroom.Cli.Pictures;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary>Saves the pictures of a finished job, and prints them and any error.</summary>
internal static class JobResult
{
    /// <summary>Saves and prints the result, and returns the exit code.</summary>
    public static async Task<int> TellAsync(
        DarkroomServer server, ServerAnswer answer, string folder, Surroundings surroundings, bool isJson, CancellationToken cancellation)
    {
        var job = answer.Read(CliJson.Default.Job);
        if (isJson)
            await surroundings.Out.WriteLineAsync(answer.Body);
        await JobPictures.SaveAsync(server, job, folder, surroundings, isJson, cancellation);
        foreach (var line in JobText.Failure(job))
            await surroundings.Error.WriteLineAsync(line);
        if (!isJson && job.Images.Count > 0)
        {
            string?[] facts = [JobText.Seeds(job), JobText.Took(job), $"job {job.Id}"];
            await surroundings.Out.WriteLineAsync(string.Join("  ", facts.OfType<string>()));
        }
        else if (!job.IsSuccess)
        {
            await surroundings.Error.WriteLineAsync($"Job {job.Id}");
        }

        return job.IsSuccess ? ExitCode.Ok : ExitCode.Failed;
    }
}
