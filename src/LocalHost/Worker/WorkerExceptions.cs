using Darkroom.LocalHost.Worker.Protocol;

namespace Darkroom.LocalHost.Worker;

/// <summary>
/// A function failed in the worker. The Durable extension parses type, message and stack from these three lines: keep the format.
/// </summary>
internal sealed class WorkerFunctionException(StatusResult result)
    : Exception($"Result: {result.Status}\nException: {result.Exception?.Message}\nStack: {result.Exception?.StackTrace}");

/// <summary>
/// The worker process ended while a function ran. The Durable extension runs the work again if it finds the name of this type (for
/// orchestrations) or this message (for activities): keep both.
/// </summary>
internal sealed class WorkerProcessExitException() : Exception(
    "The worker process ended while the function ran. No process is associated with this invocation any more.");
