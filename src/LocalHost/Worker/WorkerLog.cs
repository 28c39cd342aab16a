using Darkroom.LocalHost.Worker.Protocol;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Worker;

/// <summary>Writes the worker's log entries to this host's log, under the category that the worker set.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers, bool showsStacks)
{
    public void Write(RpcLog line)
    {
        var logger = loggers.CreateLogger(line.Category.Length > 0 ? line.Category : "Worker");
        var level = (LogLevel)line.Level;
        // The worker sends an exception as text, so it is part of the message here.
        var text = line.Exception is { Message.Length: > 0 } exception
            ? $"{line.Message} {exception.Message}{(showsStacks ? Environment.NewLine + exception.StackTrace : "")}"
            : line.Message;
        logger.Log(level, new EventId(0), text, exception: null, static (message, _) => message);
    }
}
