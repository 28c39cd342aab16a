using Spectre.Console;

namespace Darkroom.Cli.Screen;

/// <summary>Prints a table: with a frame on a terminal, otherwise without a frame and with each row on one line, for grep.</summary>
internal static class Sheet
{
    private const int WideEnough = 1000;

    public static void Print(CommandEnvironment environment, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var console = Consoles.Of(environment.Out);
        var table = new Table { Border = TableBorder.Rounded };
        if (!environment.IsOutTerminal)
        {
            console.Profile.Width = WideEnough;
            console.Profile.Capabilities.Ansi = false;
            table.Border = TableBorder.None;
        }

        // On a narrow terminal only the last column wraps, so that the others can be copied.
        foreach (var (at, column) in columns.Index())
            table.AddColumn(new TableColumn(Markup.Escape(column)) { NoWrap = !environment.IsOutTerminal || at < columns.Count - 1 });
        foreach (var row in rows)
            table.AddRow([.. row.Select(Consoles.Text)]);
        console.Write(table);
    }
}
