namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>Batches as a caller sees them.</summary>
public sealed class BatchTests(Workshop workshop)
{
    [Fact]
    public async Task Every_line_becomes_a_picture_and_a_line_of_the_results()
    {
        var prompt = Workshop.NewPrompt("line");
        var batch = await workshop.PostBatchAsync(string.Join('\n', Enumerable.Range(1, 40).Select(n => $$"""{"prompt":"{{prompt}} {{n}}","size":"64x64","customId":"c{{n}}"}""")));
        Assert.Equal(40, batch["total"]!.GetValue<int>());

        var end = await workshop.EndOfBatchAsync(batch);

        Assert.Equal("finished", Workshop.StatusOf(end));
        Assert.Equal((40, 0, 0), (end.Count("succeeded"), end.Count("queued"), end.Count("running")));
        var results = await workshop.LinesAsync(batch, "results");
        Assert.Empty(await workshop.LinesAsync(batch, "errors"));
        Assert.Equal(Enumerable.Range(1, 40), results.Select(line => line["line"]!.GetValue<int>()).Order());
        Assert.All(results, line => Assert.Equal($"c{line["line"]}", line["customId"]!.GetValue<string>()));
        var image = results[0]["images"]![0]!;
        using var picture = await workshop.Http.GetAsync(image["url"]!.GetValue<string>());
        Assert.Equal($"\"sha256-{image["sha256"]}\"", picture.Headers.ETag!.Tag);
        Assert.All(Enumerable.Range(1, 40), n => Assert.Equal(1, workshop.PostsOf($"{prompt} {n}")));
    }
}
