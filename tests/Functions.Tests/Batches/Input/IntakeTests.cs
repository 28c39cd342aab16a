using System.Text;
using Azure.Storage.Blobs;
using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Darkroom.Settings;
using Darkroom.Storage;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Batches.Input;

/// <summary>Every item that is accepted can be read back, and every other one is reported with its line.</summary>
public sealed class IntakeTests
{
    private static readonly string LongPicture = $"data:image/png;base64,{new string('A', 600_000)}";

    [Fact]
    public async Task Read_ItemTooLongWithDefaults_ReportsLineAndField()
    {
        var (reading, items) = await TakeInAsync(
            BatchFormat.Json,
            $$$"""{"defaults":{"image_url":["{{{LongPicture}}}","{{{LongPicture}}}"]},"items":[{"prompt":"a"},{"prompt":"b","image_url":"https://example.com/a.png"},{"prompt":"c","extra":{"x":"{{{new string('x', 1_100_000)}}}"},"image_url":"https://example.com/a.png"}]}""");
        Assert.Equal([(1, "image_url"), (3, "extra")], reading.Problems.Select(problem => (problem.Line, problem.Field)));
        Assert.All(reading.Problems, problem => Assert.Contains("1 MiB", problem.Message, StringComparison.Ordinal));
        Assert.Equal(["b"], items.Select(item => item.Request.Image.Prompt));
    }

    [Fact]
    public void Write_OnePictureOfALineTooLong_RefusesTheLine()
    {
        var lines = new ItemLines();
        var longer = new JobRequest { Image = new ImageRequest { Prompt = "a", ImageUrls = [new string('a', BatchLimits.LongestItem)] } };
        var shorter = longer with { Image = longer.Image with { ImageUrls = ["https://example.com/a.png"] } };
        Assert.Null(lines.Write([new BatchItem(1, 0, CustomId: null, shorter)]));
        Assert.Equal(
            "image_url", lines.Write([new BatchItem(2, 0, CustomId: null, shorter), new BatchItem(2, 1, CustomId: null, longer)])!.Field);
    }

    // 3 MB that would make 3 GB, of items that are invalid and so are never written.
    [Fact]
    public async Task Read_InvalidItemsExpandToGigabytes_IsTooLarge()
    {
        var many = string.Join(',', Enumerable.Repeat("{}", 1000));
        var defaults = $$$"""{"defaults":{"unknown":"{{{new string('x', 3_000_000)}}}"},"items":[{{{many}}}]}""";
        var matrix = $$$"""{"matrix":{"unknown":["{{{new string('x', 3_000_000)}}}"],"seed":[{{{many}}}]}}""";
        foreach (var body in new[] { defaults, matrix })
            Assert.True((await Assert.ThrowsAsync<UnreadableBodyException>(() => ReadAsync(body))).IsTooLarge);
    }

    [Fact]
    public async Task Read_ManyDefaultsAndManyFields_TakesTimeForEachOnce()
    {
        // Each default was compared with each field: 10^10 comparisons.
        static string Fields(string name) => string.Join(',', Enumerable.Repeat($"\"{name}\":1", 100_000));
        var reading = await ReadAsync($$$"""{"defaults":{{{{Fields("a")}}}},"items":[{{{{Fields("b")}}}}]}""");
        Assert.Equal(1, reading.Invalid);
    }

    [Theory]
    [InlineData(BatchFormat.Ndjson, 64)]
    [InlineData(BatchFormat.Json, 62)]
    public async Task Read_ItemAtTheDepthLimit_IsReadBackUnchanged(BatchFormat format, int depth)
    {
        // The item and its field extra are two of the levels.
        var item = $$$"""{"prompt":"a","extra":{"x":{{{new string('[', depth - 2)}}}{{{new string(']', depth - 2)}}}}}""";
        var (reading, items) = await TakeInAsync(format, format == BatchFormat.Json ? $$"""{"items":[{{item}}]}""" : item);
        Assert.Empty(reading.Problems);
        Assert.Equal(new string('[', depth - 2), items.Single().Request.Image.Extra["x"].GetRawText()[..(depth - 2)]);
    }

    [Fact]
    public void Write_AllItemsExceedTheLimit_ThrowsTooLarge()
    {
        var lines = new ItemLines(most: 200);
        var item = new BatchItem(1, 0, CustomId: null, new JobRequest { Image = new ImageRequest { Prompt = new string('a', 20) } });
        Assert.Null(lines.Write([item]));
        Assert.True(Assert.Throws<UnreadableBodyException>(() => lines.Write([item, item, item])).IsTooLarge);
    }

    [Theory]
    [InlineData(BatchFormat.Json, """{"defaults":{"size":"64x64"},"items":[{"prompt":"a"},{"prompt":"\ud83d"}]}""")]
    [InlineData(BatchFormat.Json, """{"defaults":{"size":"64x64"},"items":[{"prompt":"a"},{"prompt":"b","\ud83d":1}]}""")]
    [InlineData(BatchFormat.Ndjson, """{"prompt":"a"}|{"prompt":"b","customI\ud83d":1}""")]
    [InlineData(BatchFormat.Ndjson, """{"prompt":"a"}|{"prompt":"b","extra":{"x":["\ud83d"]}}""")]
    [InlineData(BatchFormat.Csv, """prompt,extra|a,|b,"{""a"":""\ud800""}" """)]
    [InlineData(BatchFormat.Csv, """prompt,extra|a,|b,"{""a"":DEEP}" """)]
    public async Task Read_ItemThatCannotBeWritten_IsReportedByItsLine(BatchFormat format, string body)
    {
        var (reading, items) = await TakeInAsync(
            format, body.Replace('|', '\n').Replace("DEEP", new string('[', 63) + new string(']', 63), StringComparison.Ordinal));
        Assert.Equal(format == BatchFormat.Csv ? 3 : 2, reading.Problems.Select(problem => problem.Line).Distinct().Single());
        Assert.Equal(["a"], items.Select(item => item.Request.Image.Prompt));
    }

    [Theory]
    [InlineData("""{"\ud800":1,"items":[]}""")]
    [InlineData("""{"defaults":{"\ud800":1},"items":[{"prompt":"a"}]}""")]
    [InlineData("""{"matrix":{"prompt":["a"],"\ud800":[1]}}""")]
    [InlineData("""{"matrix":{"prompt":["\ud800"]}}""")]
    public async Task Read_InvalidUnicodeOutsideOfItems_RefusesTheBody(string body) =>
        Assert.Equal("body", (await Assert.ThrowsAsync<UnreadableBodyException>(() => TakeInAsync(BatchFormat.Json, body))).Field);

    // Returns the result of the reading, and the items that are read back from storage. Invalid lines are skipped.
    private static async Task<(BatchReading Reading, IReadOnlyList<BatchItem> Items)> TakeInAsync(BatchFormat format, string body)
    {
        var store = new BatchStore(await ContainersAsync());
        var intake = new BatchIntake(store, new DarkroomSettings());
        var (folder, source) = ($"batches/{Guid.NewGuid()}", new BatchSource(format, Charset: null, Skips: true));
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(body));
        await intake.KeepAsync(bytes, $"{folder}/input", source, default);
        var reading = await intake.ReadAsync($"{folder}/input", $"{folder}/items.jsonl", source, default);
        var items = new List<BatchItem>();
        await foreach (var (line, _) in store.ItemsAsync($"{folder}/items.jsonl", 0, default))
            items.Add(BatchItem.Read(line));
        return (reading, items);
    }

    // Only checks a JSON body.
    private static Task<BatchReading> ReadAsync(string body) => new BatchIntake(batches: null!, new DarkroomSettings()).ReadAsync(
        () => BodyText.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), charset: null, default),
        items: null,
        new BatchSource(BatchFormat.Json, Charset: null, Skips: true),
        default);

    private static async Task<Containers> ContainersAsync()
    {
        var containers = new Containers(new BlobServiceClient((await Azurite.SharedAsync()).ConnectionString));
        await containers.CreateAsync(default);
        return containers;
    }
}
