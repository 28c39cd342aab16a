using Spectre.Console;

namespace Darkroom.Cli.Screen;

/// <summary>Asks for a line that is not shown on the terminal.</summary>
internal static class SecretPrompt
{
    /// <summary>The line; null if it is empty.</summary>
    public static string? Read(string question)
    {
        var console = Consoles.Of(Console.Error);
        var line = console.Prompt(new TextPrompt<string>(Consoles.Text(question)).Secret(mask: null).AllowEmpty());
        return line.Length > 0 ? line : null;
    }
}
