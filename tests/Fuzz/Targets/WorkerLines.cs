using Darkroom.Fuzz.Cases;
using Darkroom.LocalHost.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Darkroom.Fuzz.Targets;

/// <summary>Writes the log of a worker as LocalHost writes it to the console, and checks that an entry is one plain line.</summary>
internal sealed class WorkerLines : ILoggerFactory
{
    private readonly PlainConsole _console = new(Options.Create(new PlainConsoleOptions { ShowsStacks = true }));
    private readonly List<string> _lines = [];

    public void Check()
    {
        foreach (var line in _lines)
            Rule.Holds(line[^1] == '\n' && !line.AsSpan(0, line.Length - 1).ContainsAnyInRange('\0', '\u001F'), "An entry is one line.");
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Logger(WorkerLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var line = new StringWriter { NewLine = "\n" };
            lines._console.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), scopeProvider: null, line);
            lines._lines.Add($"{line}");
        }
    }
}
