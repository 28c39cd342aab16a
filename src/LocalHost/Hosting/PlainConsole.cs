using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Darkroom.LocalHost.Hosting;

/// <summary>
/// Writes one line per log entry. For an exception it writes the messages; the stack, which is mostly the host's, only with --verbose.
/// </summary>
internal sealed class PlainConsole(IOptions<PlainConsoleOptions> options) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = entry.Formatter(entry.State, entry.Exception);
        if (entry.Exception is { } exception)
            text = options.Value.ShowsStacks ? $"{text} {exception}" : $"{text} {Reasons(exception)}";
        // The category is a text from outside too: the worker names it.
        textWriter.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ} {Level(entry.LogLevel)}: {OneLine($"{entry.Category} {text}")}"));
    }

    // A text from outside must not forge a line, move the cursor of a terminal, or change the direction of the text after it.
    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" ").ToCharArray();
        foreach (ref var letter in line.AsSpan())
        {
            if (char.IsControl(letter) || letter is (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
                letter = ' ';
        }

        return new string(line);
    }

    private static string Reasons(Exception exception)
    {
        var reasons = new List<string>();
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            reasons.Add($"({cause.GetType().Name}: {FirstLines(cause.Message)})");
        return string.Join(' ', reasons);
    }

    // The message of a worker's exception includes its stack (WorkerFunctionException).
    private static string FirstLines(string message) =>
        message.IndexOf("\nStack:", StringComparison.Ordinal) is var stack and > 0 ? message[..stack] : message;

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };
}

/// <summary>Settings of <see cref="PlainConsole"/>.</summary>
internal sealed class PlainConsoleOptions : ConsoleFormatterOptions
{
    /// <summary>Whether exceptions are written with their stacks.</summary>
    public bool ShowsStacks { get; set; }
}
