using Microsoft.Extensions.Logging;

namespace Darkroom.Jobs;

/// <summary>Log messages of jobs.</summary>
internal static partial class JobLog
{
    [LoggerMessage(
        Level = LogLevel.Error, Message = "Job {JobId} task {Task}: an activity failed after all its retries; the job continues.")]
    public static partial void Trouble(this ILogger log, string jobId, int task);
}
