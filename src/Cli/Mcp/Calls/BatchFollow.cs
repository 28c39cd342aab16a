using Darkroom.Cli.Batches;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Mcp.Calls;

/// <summary>Polls a batch until it is finished or the wait of the call ends, at the interval that the server requests.</summary>
internal sealed class BatchFollow(DarkroomServer server, TimeProvider time)
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(2);

    /// <summary>Returns the last known state of the batch; null if the server did not tell it in time.</summary>
    public async Task<BatchState?> WaitAsync(string id, int seconds, CallProgress progress, CallLimit limit)
    {
        var began = time.GetTimestamp();
        var wait = TimeSpan.FromSeconds(seconds);
        BatchState? batch = null;
        try
        {
            while (true)
            {
                var answer = await server.GetAsync(BatchPaths.Of(id), limit.Token);
                batch = answer.Read(CliJson.Default.BatchState);
                await progress.TellAsync(batch, limit.Token);
                var pause = answer.RetryAfter ?? UsualPause;
                if (answer.IsOver || batch.IsFinished || time.GetElapsedTime(began) + pause > wait)
                    return batch;
                await Task.Delay(pause, time, limit.Token);
            }
        }
        catch (Exception exception) when (limit.Caused(exception))
        {
            return batch;
        }
    }
}
