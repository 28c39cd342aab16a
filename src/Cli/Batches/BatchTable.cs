using System.Globalization;
using Darkroom.Cli.Screen;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Darkroom.Cli.Batches;

/// <summary>The live view of a batch on a terminal: a table of the counts, a bar over all items, the rate and the remaining time.</summary>
internal static class BatchTable
{
    private const int BarWidth = 60;

    public static IRenderable Of(BatchState batch)
    {
        var counts = batch.Counts;
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Consoles.Text(BatchWords.BatchTitle.With(batch.Id))) };
        var bar = new BreakdownChart { Width = BarWidth }.HideTags();
        var cells = new List<string>();
        (string Name, int Count, Color Color)[] states =
        [
            (JobWords.Succeeded, counts.Succeeded, Color.Green),
            (JobWords.Failed, counts.Failed, Color.Red),
            (JobWords.Canceled, counts.Canceled, Color.Yellow),
            (BatchWords.Running, counts.Running, Color.Blue),
            (JobWords.Queued, counts.Queued, Color.Grey),
        ];
        foreach (var (name, count, color) in states)
        {
            table.AddColumn(new TableColumn(Consoles.Text(name)).RightAligned());
            cells.Add(count == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"[{color.ToMarkup()}]{count}[/]"));
            bar.AddItem(name, count, color);
        }

        table.AddRow([.. cells]);
        return new Rows(table, bar, new Text(Summary(batch)));
    }

    private static string Summary(BatchState batch)
    {
        string?[] parts =
        [
            BatchWords.OverOf.With(batch.Counts.Over, batch.Counts.Total),
            $"{batch.Counts.Percent:0} %",
            batch.RatePerMinute is > 0 and var rate ? BatchWords.Rate.With(rate) : null,
            batch.EtaSeconds is > 0 and var eta ? Words.TimeLeft.With(Durations.Text(eta)) : null,
        ];
        return string.Join("  ", parts.OfType<string>());
    }
}
