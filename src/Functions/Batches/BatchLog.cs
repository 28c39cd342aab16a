using Microsoft.Extensions.Logging;

namespace Darkroom.Batches;

/// <summary>Log messages of batches.</summary>
internal static partial class BatchLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId}: {Step} failed after all its retries; trying again in a minute.")]
    public static partial void Trouble(this ILogger log, string batchId, BatchStep step);
}
