using Spectre.Console;

namespace Darkroom.Cli.Screen;

/// <summary>Creates Spectre consoles that write to a given writer.</summary>
internal static class Consoles
{
    public static IAnsiConsole Of(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer is PlainWriter plain ? plain.Inner : writer) });

    /// <summary>Makes text from the server safe for Spectre: control characters are removed and markup is escaped.</summary>
    public static string Text(string text) => Markup.Escape(PlainText.Of(text));
}
