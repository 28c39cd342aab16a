using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary>Follows a job to its end: one open request at a time, answered whenever something changes.</summary>
internal static class JobWatch
{
    /// <summary>The answer with the job that is over.</summary>
    public static Task<ServerAnswer> UntilOverAsync(
        DarkroomServer server, ServerAnswer first, Surroundings surroundings, CancellationToken cancellation) =>
        Display.ShowAsync(surroundings, async tell =>
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
