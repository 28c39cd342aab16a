using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Darkroom.LocalHost.Tests.Hosting;

/// <summary>Everything that was logged, as text.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Bell _bell = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName, this);

    /// <summary>Waits until this is logged.</summary>
    public Task Has(string text) => _bell.Until(() => Text.Contains(text, StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class Writer(string category, CapturedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
            log._bell.Ring();
        }
    }
}
