using Microsoft.Extensions.Logging;

namespace Darkroom.Jobs;

/// <summary>What jobs log.</summary>
internal static partial class JobLog
{
    [LoggerMessage(
        Level = LogLevel.Error, Message = "Job {JobId} task {Task}: an activity failed again and again; it is tried again later.")]
    public static partial void Trouble(this ILogger log, string jobId, int task);
}
