using System.Globalization;

namespace Darkroom.Cli;

/// <summary>
/// A point in time on the command line: a time such as <c>2026-12-01T08:00:00Z</c>, or a duration from now such as <c>2h</c>.
/// </summary>
internal static class Moment
{
    /// <summary>The time in UTC, as the server reads it.</summary>
    /// <exception cref="CommandException">The text is neither a time nor a duration.</exception>
    public static string Read(string option, string text, DateTimeOffset now)
    {
        if (Duration(text) is { } duration)
            return Write(now + duration);
        return text.Contains('-', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? Write(time)
            : throw CommandException.Usage(Words.NotATime.With(option, text));
    }

    private static TimeSpan? Duration(string text)
    {
        if (text.Length < 2
                || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' when count < 100_000 => TimeSpan.FromDays(count),
            _ => null,
        };
    }

    /// <summary>The time in UTC, as the server reads it.</summary>
    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
