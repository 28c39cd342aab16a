using Spectre.Console;

namespace Darkroom.Cli.Screen;

/// <summary>A name and its value. A fact without a value is not printed.</summary>
internal sealed record Fact(string Name, string? Value);

/// <summary>Prints facts, one a line, with the values in one column.</summary>
internal static class FactSheet
{
    public static void Print(CommandEnvironment environment, IEnumerable<Fact> facts)
    {
        Fact[] known = [.. facts.Where(fact => fact.Value is not null)];
        var width = Math.Max(9, known.Max(fact => WidthOf(fact.Name)));
        foreach (var fact in known)
            environment.Out.WriteLine($"{fact.Name}{new string(' ', width - WidthOf(fact.Name))} {fact.Value}");
    }

    // A Chinese character takes two columns.
    internal static int WidthOf(string text) => text.GetCellWidth();
}
