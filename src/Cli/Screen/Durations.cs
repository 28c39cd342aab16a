namespace Darkroom.Cli.Screen;

/// <summary>Writes a duration for people, in its largest suitable unit.</summary>
internal static class Durations
{
    public static string Text(int seconds) => seconds switch
    {
        < 90 => Words.DurationSeconds.With(seconds),
        < 5400 => Words.DurationMinutes.With((seconds + 30) / 60),
        _ => Words.DurationHours.With(seconds / 3600.0),
    };
}
