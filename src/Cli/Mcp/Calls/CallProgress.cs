using Darkroom.Cli.Batches;
using Darkroom.Cli.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Darkroom.Cli.Mcp.Calls;

/// <summary>Sends progress notifications, if the client asked for them: one for each change.</summary>
internal sealed class CallProgress(McpServer server, ProgressToken? token)
{
    private const int Total = 100;

    // MCP requires that the number grows with each notification, also while a job only moves up in the queue.
    private const double MinStep = 0.01;

    private double _last = -MinStep;
    private string _message = "";

    public Task TellAsync(Job job, CancellationToken cancellation)
    {
        var stage = job.Stage is { } step && !job.IsOver ? $", stage {step}" : "";
        return TellAsync(job.Progress.Percent, $"{JobText.Doing(job)}{stage}, job {job.Id}", cancellation);
    }

    public Task TellAsync(BatchState batch, CancellationToken cancellation)
    {
        var percent = batch.Counts.Total == 0 ? 0 : Total * (double)batch.Counts.Over / batch.Counts.Total;
        return TellAsync(percent, $"{BatchText.Progress(batch)}, batch {batch.Id}", cancellation);
    }

    private async Task TellAsync(double percent, string message, CancellationToken cancellation)
    {
        if (token is not { } asked || message == _message)
            return;
        (_message, _last) = (message, Math.Max(percent, _last + MinStep));
        await server.NotifyProgressAsync(
            asked,
            new ProgressNotificationValue { Progress = (float)_last, Total = Total, Message = message },
            cancellationToken: cancellation);
    }
}
