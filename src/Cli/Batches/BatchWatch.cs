using Darkroom.Cli.Screen;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Batches;

/// <summary>Polls a batch until it is finished, at the interval that the server requests (Retry-After).</summary>
internal static class BatchWatch
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Returns the answer that contains the finished batch.</summary>
    public static Task<ServerAnswer> UntilOverAsync(
        DarkroomServer server, string id, CommandEnvironment environment, CancellationToken cancellation) =>
        Display.ShowLiveAsync(environment, async tell =>
        {
            while (true)
            {
                var answer = await server.GetAsync(BatchPaths.Of(id), cancellation);
                var batch = answer.Read(CliJson.Default.BatchState);
                tell(new Scene(BatchText.Progress(batch), () => BatchTable.Of(batch)));
                if (answer.IsOver || batch.IsFinished)
                    return answer;
                var pause = answer.RetryAfter ?? UsualPause;
                await Task.Delay(pause < LongestPause ? pause : LongestPause, environment.Time, cancellation);
            }
        });
}
