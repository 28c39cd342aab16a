using Microsoft.Extensions.Logging;

namespace Darkroom.Generation;

/// <summary>What jobs log.</summary>
internal static partial class JobLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} task {Task}: an activity failed again and again; it is tried again later.")]
    public static partial void Trouble(this ILogger log, string jobId, int task);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of the {Kind} {Id} could not be announced; it is over all the same.")]
    public static partial void Unheard(this ILogger log, string kind, string id);
}
