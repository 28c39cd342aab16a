using Darkroom.Batches.Input;
using Darkroom.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Batches.Input;

/// <summary>Reads batches that are written as CSV.</summary>
public sealed class CsvReaderTests
{
    [Fact]
    public void Csv_WithAnySeparatorAndQuoting_ReturnsTheOriginalCells() =>
        Properties.ForAll(
            from rows in (from prompt in Texts
                          from name in Texts
                          select (prompt, name)).NonEmptyListOf()
            from separator in Gen.Elements(',', ';', '\t')
            from end in Gen.Elements("\n", "\r\n")
            select (rows.ToArray(), separator, end),
            one =>
            {
                var (rows, separator, end) = one;
                var csv = $"prompt{separator}name{separator}seed{end}" + string.Concat(
                    rows.Select((row, n) => $"{Quoted(row.prompt)}{separator}{Quoted(row.name)}{separator}{n}{end}"));
                var items = ItemsOfBody.ReadAsync(BatchFormat.Csv, csv).GetAwaiter().GetResult();
                return items.Select(item => (item.Request!.Image.Prompt, item.Request.Name!)).SequenceEqual(rows);
            },
            500);

    [Theory]
    [InlineData("\"prompt\";\"seed\"", "\"b, c\";5")]
    [InlineData("\"prompt\"\t\"seed\"", "b, c\t5")]
    [InlineData("\"prompt\",\"seed\"", "\"b, c\",5")]
    [InlineData("\"seed\";prompt", "5;b, c")]
    public async Task Csv_QuotedHeader_DetectsTheSeparator(string header, string row)
    {
        var item = (await ItemsOfBody.ReadAsync(BatchFormat.Csv, $"{header}\n{row}\n"))[0];
        Assert.Equal(("b, c", 5), (item.Request!.Image.Prompt, item.Request.Image.Seed));
    }

    [Fact]
    public async Task Csv_InvalidHeaderOrRow_ReportsLineAndField()
    {
        var noPrompt = await Assert.ThrowsAsync<UnreadableBodyException>(() => ItemsOfBody.ReadAsync(BatchFormat.Csv, "text,seed\na,1\n"));
        Assert.Equal((1, "prompt"), (noPrompt.Line, noPrompt.Field));
        var items = await ItemsOfBody.ReadAsync(BatchFormat.Csv, "prompt,seed,colour\na cat,1\nb,x,\n\"c\nc\",2,red\nd,3,\n\"e,4,");
        Assert.Equal([2, 3, 4, 6, 7], items.Select(item => item.Line));
        Assert.Equal(["row", "seed", "colour", "", "row"], items.Select(item => item.Problems.Count > 0 ? item.Problems[0].Field : ""));
    }

    [Fact]
    public async Task Csv_Cells_AreConvertedToTheTypeOfTheField()
    {
        var item = (
            await ItemsOfBody.ReadAsync(
                BatchFormat.Csv,
                "prompt,seed,guidance,tags,loras,count,customId,negative_prompt\n12,7,3.5,a; "
                    + "b,\"{\"\"x/y\"\":0.4,\"\"x/z\"\":0.6}\",2,42,\n"))[0];
        Assert.Equal(
            ("12", 7, 3.5, 2, "42"),
            (item.Request!.Image.Prompt, item.Request.Image.Seed, item.Request.Image.Guidance, item.Request.Count, item.CustomId));
        Assert.Equal(["a", "b"], item.Request.Tags);
        Assert.Equal(2, item.Request.Image.Loras!.Weights.Count);
    }

    // Texts that are not blank and that trimming does not change.
    private static Gen<string> Texts =>
        Gen.Elements("a", "b,c", "d\"e", "\"", "f\ng", ";", "h\ti", "金色的猫", "😀", "x")
            .NonEmptyListOf()
            .Select(parts => "x" + string.Concat(parts.Take(8)) + "x");

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",;\t\"\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
