using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Jobs;

/// <summary>Follows a job until it is over, by long polling: the server answers each request when the job changes.</summary>
internal static class JobWatch
{
    /// <summary>Returns the answer that contains the finished job.</summary>
    public static Task<ServerAnswer> UntilOverAsync(
        DarkroomServer server, ServerAnswer first, CommandEnvironment environment, CancellationToken cancellation) =>
        Display.ShowBarAsync(environment, async tell =>
        {
            var answer = first;
            while (true)
            {
                var job = answer.Read(CliJson.Default.Job);
                tell(StepOf(job));
                if (job.IsOver || answer.IsOver)
                    return answer;
                answer = await server.GetAsync(JobPaths.NextChange(job.Id), cancellation);
            }
        });

    // Before the submit nothing is known about the time, so the bar has no end.
    private static Step StepOf(Job job) =>
        new(
            JobText.Doing(job),
            job.IsOver ? 100 : job.Progress.Percent > 0 ? job.Progress.Percent : null,
            job.IsOver ? null : job.Progress.EtaSeconds);
}
