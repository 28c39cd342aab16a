using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Tests.Conformance;

/// <summary>Remembers what was logged.</summary>
internal sealed class LogMemory : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Memory(Lines);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Memory(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
