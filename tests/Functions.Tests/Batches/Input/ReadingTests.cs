using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.Requests;
using Darkroom.TestKit;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Batches.Input;

/// <summary>Reads valid and invalid batch bodies in every format.</summary>
public sealed class ReadingTests
{
    private const string Cat = "金色的猫";

    [Fact]
    public async Task PlainText_WithCommentsAndBlankLines_ReturnsOnePromptPerLine()
    {
        var items = await ItemsOfBody.ReadAsync(
            BatchFormat.PlainText, "# my cats\nA golden cat sitting on a velvet cushion\r\n\n   \n  A steaming cup of coffee  \n#end");
        Assert.Equal(
            [(2, "A golden cat sitting on a velvet cushion"), (5, "A steaming cup of coffee")],
            items.Select(item => (item.Line, item.Request!.Image.Prompt)));
        Assert.All(items, item => Assert.Equal(Lane.Bulk, item.Request!.Priority));
    }

    [Fact]
    public void Read_AnyBytes_ReturnsItemsOrRefuses() =>
        Properties.ForAll(
            from bytes in JsonGen.Bytes().Generator
            from format in Gen.Elements(Enum.GetValues<BatchFormat>())
            from seed in Gen.Choose(0, 1000)
            select (bytes, format, seed),
            one =>
            {
                try
                {
                    ItemsOfBody.ReadAsync(one.format, new Slow(one.bytes, one.seed), charset: null).GetAwaiter().GetResult();
                    return true;
                }
                catch (Exception refusal) when (refusal is UnreadableBodyException or DecoderFallbackException or JsonException)
                {
                    return true;
                }
            });

    [Fact]
    public void Read_BodyInPiecesOfAnySize_ReturnsTheSameItems() =>
        Properties.ForAll(
            from bodies in Gen.Elements(
                (BatchFormat.Ndjson, $"{{\"prompt\":\"{Cat} 😀\"}}\n\n{{\"prompt\":\"b\",\"seed\":1}}\r\nnonsense\n"),
                (BatchFormat.Csv, $"prompt,seed\n\"{Cat}, \"\"x\"\"\n2\",7\nb,\n"),
                (BatchFormat.PlainText, $"{Cat}é😀\n#c\nb"),
                (
                    BatchFormat.Json,
                    $"{{\"items\":[{{\"prompt\":\"{Cat}\"}},{{\"prompt\":\"b\",\"steps\":3}}],\"defaults\":{{\"num_inference_steps\":9,\"size\":\"64x64\"}}}}"))
            from seed in Gen.Choose(0, 100_000)
            select (bodies.Item1, bodies.Item2, seed),
            one =>
                Shown(ItemsOfBody.ReadAsync(one.Item1, one.Item2)) == Shown(
                    ItemsOfBody.ReadAsync(one.Item1, new Slow(Encoding.UTF8.GetBytes(one.Item2), one.seed), charset: null)),
            500);

    [Fact]
    public async Task Problems_QuoteLongText_AreShortened()
    {
        var header = await Assert.ThrowsAsync<UnreadableBodyException>(
            () => ItemsOfBody.ReadAsync(BatchFormat.Csv, $"{new string('x', 500_000)}\n"));
        var field = await Assert.ThrowsAsync<UnreadableBodyException>(
            () => ItemsOfBody.ReadAsync(BatchFormat.Json, $$$"""{"{{{new string('x', 500_000)}}}":1}"""));
        Assert.Equal(
            (true, true, 100),
            (
                header.Message.Length <= 300,
                header.Message.Contains("The first line names the fields", StringComparison.Ordinal),
                field.Field.Length));
        var reading = new BatchReading();
        reading.Refuse(
            1,
            (
                await ItemsOfBody.ReadAsync(
                    BatchFormat.Ndjson, $$"""{"prompt":"a","{{string.Concat(Enumerable.Repeat("😀", 100_000))}}":1}"""))[0].Problems);
        // The cut is not in the middle of a surrogate pair.
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 49)) + "…", reading.Problems[0].Field);
    }

    [Fact]
    public async Task Ndjson_LineTooLong_IsReportedAndTheNextIsRead()
    {
        var items = await ItemsOfBody.ReadAsync(
            BatchFormat.Ndjson,
            $"{{\"prompt\":\"{new string('a', 1_000_000)}\"}}\n{{\"prompt\":\"{new string('a', 3_000_000)}\"}}\n{{\"prompt\":\"b\"}}\n");
        Assert.Equal(["prompt", "body", ""], items.Select(item => item.Problems.Count > 0 ? item.Problems[0].Field : ""));
        Assert.Equal((3, "b"), (items[2].Line, items[2].Request!.Image.Prompt));
    }

    [Fact]
    public async Task CustomId_RepeatedOrNotText_IsRefused()
    {
        var items = await ItemsOfBody.ReadAsync(
            BatchFormat.Ndjson,
            "{\"prompt\":\"a\",\"customId\":\"x\"}\n{\"prompt\":\"b\",\"customId\":\"x\"}\n{\"prompt\":\"c\",\"customId\":\"\"}\n{\"prompt\":\"d\",\"customId\":5}\n");
        Assert.Equal([0, 1, 1, 1], items.Select(item => item.Problems.Count));
        Assert.Contains("line 1", items[1].Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_ItemHasASynonym_DoNotOverrideIt()
    {
        var items = await ItemsOfBody.ReadAsync(
            BatchFormat.Json,
            """{"items":[{"prompt":"a"},{"prompt":"b","num_inference_steps":3,"width":64,"height":64,"priority":"interactive"}],"defaults":{"steps":9,"size":"128x128","name":"n"}}""");
        Assert.Equal(
            [(9, "128x128", Lane.Bulk), (3, "64x64", Lane.Interactive)],
            items.Select(item => (item.Request!.Image.Steps!.Value, item.Request.Image.Size!.ToString()!, item.Request.Priority)));
    }

    [Fact]
    public async Task Matrix_OfTwoFields_ReturnsEveryCombinationInOrder()
    {
        var items = await ItemsOfBody.ReadAsync(
            BatchFormat.Json, """{"matrix":{"prompt":["a","b"],"seed":[1,2,3]},"defaults":{"size":"64x64"}}""");
        Assert.Equal(
            [("a", 1, 1), ("a", 2, 2), ("a", 3, 3), ("b", 1, 4), ("b", 2, 5), ("b", 3, 6)],
            items.Select(item => (item.Request!.Image.Prompt, item.Request.Image.Seed!.Value, item.Line)));
        var tooMany = new JsonObject { ["matrix"] = new JsonObject { ["prompt"] = Numbers(300), ["seed"] = Numbers(300) } };
        Assert.True(
            (
                await Assert.ThrowsAsync<UnreadableBodyException>(
                    () => ItemsOfBody.ReadAsync(BatchFormat.Json, tooMany.ToJsonString()))).IsTooLarge);

        static JsonArray Numbers(int count) => [.. Enumerable.Range(0, count).Select(n => (JsonNode)n)];
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("{}", "body")]
    [InlineData("""{"items":[],"matrix":{}}""", "body")]
    [InlineData("""{"items":{}}""", "items")]
    [InlineData("""{"items":[],"items":[]}""", "items")]
    [InlineData("""{"items":[],"defaults":[]}""", "defaults")]
    [InlineData("""{"matrix":{"prompt":"a"}}""", "matrix.prompt")]
    [InlineData("""{"matrix":{"prompt":[]}}""", "matrix.prompt")]
    [InlineData("""{"prompts":[]}""", "prompts")]
    [InlineData("""{"items":[{"prompt":"a"}""", "body")]
    public async Task Json_InvalidShape_IsRefusedWithTheField(string body, string field)
    {
        try
        {
            await ItemsOfBody.ReadAsync(BatchFormat.Json, body);
            Assert.Fail("It was read.");
        }
        catch (UnreadableBodyException refusal)
        {
            Assert.Equal(field, refusal.Field);
        }
        catch (JsonException)
        {
            Assert.Equal("body", field);
        }
    }

    private static string Shown(Task<IReadOnlyList<ReadItem>> items) =>
        string.Join(
            '\n',
            items.GetAwaiter()
                .GetResult()
                .Select(item => $"{item.Line} {(item.Request is null ? item.Problems[0].Message : CanonicalRequest.Write(item.Request))}"));
}
