using Spectre.Console;

namespace Darkroom.Cli.Screen;

/// <summary>Spectre's console over one of our writers.</summary>
internal static class Consoles
{
    public static IAnsiConsole Of(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer is PlainWriter plain ? plain.Inner : writer) });

    /// <summary>Text of others, for Spectre: as it is, and no markup.</summary>
    public static string Text(string text) => Markup.Escape(PlainText.Of(text));
}
