using Microsoft.Extensions.Logging;

namespace Darkroom.Batches;

/// <summary>What batches log.</summary>
internal static partial class BatchLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Batch {BatchId}: {Act} failed again and again; it is tried again in a minute.")]
    public static partial void Trouble(this ILogger log, string batchId, BatchAct act);
}
