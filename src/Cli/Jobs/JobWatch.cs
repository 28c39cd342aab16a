using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary>Follows a job until it is over, by long polling: the server answers each request when the job changes.</summary>
internal static class JobWatch
{
    /// <summary>Returns the answer that contains the finished job.</summary>
    public static Task<ServerAnswer> UntilOverAsync(
        DarkroomServer server, ServerAnswer first, CommandEnvironment environment, CancellationToken cancellation) =>
        Display.ShowAsync(environment, async tell =>
        {
            var answer = first;
            while (true)
            {
                var job = answer.Read(CliJson.Default.Job);
                tell(JobText.Doing(job));
                if (job.IsOver || answer.IsOver)
                    return answer;
                answer = await server.GetAsync(JobPaths.NextChange(job.Id), cancellation);
            }
        });
}
