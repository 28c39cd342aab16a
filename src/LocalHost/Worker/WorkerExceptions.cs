using Darkroom.LocalHost.Worker.Protocol;

namespace Darkroom.LocalHost.Worker;

/// <summary>
/// A function failed in the worker. The Durable extension reads type, message and stack from these three lines, so their form is fixed.
/// </summary>
internal sealed class WorkerFunctionException(StatusResult result)
    : Exception($"Result: {result.Status}\nException: {result.Exception?.Message}\nStack: {result.Exception?.StackTrace}");

/// <summary>
/// The worker process ended while a function ran. The Durable extension runs the work again when it finds this type's name (orchestrations)
/// or these words (activities).
/// </summary>
internal sealed class WorkerProcessExitException() : Exception(
    "The worker process ended while the function ran. No process is associated with this invocation any more.");
