using Darkroom.LocalHost.Worker.Protocol;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Worker;

/// <summary>The worker's log lines, written as this host's own under the category that the worker gave them.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers, bool showsStacks)
{
    /// <summary>Writes one line.</summary>
    public void Write(RpcLog line)
    {
        var logger = loggers.CreateLogger(line.Category.Length > 0 ? line.Category : "Worker");
        var level = (LogLevel)line.Level;
        // The worker formats its exceptions itself.
        var text = line.Exception is { Message.Length: > 0 } exception
            ? $"{line.Message} {exception.Message}{(showsStacks ? Environment.NewLine + exception.StackTrace : "")}"
            : line.Message;
        logger.Log(level, new EventId(0), text, exception: null, static (message, _) => message);
    }
}
