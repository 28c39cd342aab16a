using Darkroom.Cli.Jobs;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Mcp.Calls;

/// <summary>Waits for a job by long polling, until it is over or the wait of the call ends. It never cancels the job.</summary>
internal sealed class JobFollow(DarkroomServer server, TimeProvider time)
{
    // A server with too many waiting callers answers at once. Without a pause this loop would be a busy loop.
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(1);

    /// <summary>Returns the last known state of the job.</summary>
    public async Task<Job> WaitAsync(Job job, int seconds, CallProgress progress, CallLimit limit)
    {
        var began = time.GetTimestamp();
        var wait = TimeSpan.FromSeconds(seconds);
        try
        {
            await progress.TellAsync(job, limit.Token);
            while (!job.IsOver && wait - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
            {
                var asked = time.GetTimestamp();
                var before = JobText.Doing(job);
                job = await NextAsync(job.Id, (int)Math.Ceiling(left.TotalSeconds), limit.Token);
                await progress.TellAsync(job, limit.Token);
                if (JobText.Doing(job) == before && time.GetElapsedTime(asked) < MinPause)
                    await Task.Delay(MinPause, time, limit.Token);
            }
        }
        catch (Exception exception) when (limit.Caused(exception))
        {
            // The job continues, and its last known state is a good answer.
        }

        return job;
    }

    private async Task<Job> NextAsync(string id, int seconds, CancellationToken cancellation)
    {
        try
        {
            var answer = await server.GetAsync(JobPaths.NextChange(id, seconds), cancellation);
            return answer.Read(CliJson.Default.Job);
        }
        catch (CommandException exception)
        {
            throw new CommandException(
                exception.ExitCode,
                $"{exception.Message}\nThe job {id} was accepted and is not lost. Call get_image with id \"{id}\".",
                exception)
            { Json = exception.Json };
        }
    }
}
