using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd;

/// <summary>Checks jobs with several tasks, and jobs that reuse a picture and need no task.</summary>
public sealed class ManyTasksTests(TestApp app)
{
    [Fact]
    public async Task Job_SeveralTasks_NumbersItsPicturesByTask()
    {
        var prompt = TestApp.NewPrompt("several");
        app.Upstream.Scenarios.Assign("two-pictures", prompt);
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64", n = 3 }));
        Assert.Equal("succeeded", TestApp.StatusOf(job));
        Assert.Equal(3, app.PostsOf(prompt));
        Assert.Equal(3, job["upstream"]!.AsArray().Count);
        Assert.Equal([0, 1, 2, 3, 4, 5], job["images"]!.AsArray().Select(image => image!["index"]!.GetValue<int>()));
        var third = app.Upstream.Tasks.All.Single(task => task.Id == job["upstream"]![2]!["taskId"]!.GetValue<string>());
        // The number of a picture is its index in the task × the number of tasks + the task: 1 × 3 + 2 = 5.
        using var original = new MemoryStream();
        Simulator.Pictures.PictureFile.Write(third, 1, original);
        Assert.Equal(original.ToArray(), await app.Http.GetByteArrayAsync($"api/images/{TestApp.IdOf(job)}/files/5"));
    }

    [Fact]
    public async Task Job_SeveralTasksWithASeed_UsesConsecutiveSeeds()
    {
        var prompt = TestApp.NewPrompt("seeds");
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64", count = 3, seed = 5 }));
        Assert.Equal([5, 6, 7], app.Upstream.Tasks.All.Where(task => task.Body.Prompt == prompt).Select(task => task.Seed).Order());
        Assert.Equal("succeeded", TestApp.StatusOf(job));
    }

    [Fact]
    public async Task Job_SomeTasksFail_IsPartiallySucceededWithTheReason()
    {
        var prompt = TestApp.NewPrompt("partly");
        app.Upstream.Scenarios.Assign("moderated", prompt, 1);
        var job = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64", count = 2 }));
        Assert.Equal("partiallySucceeded", TestApp.StatusOf(job));
        Assert.Single(job["images"]!.AsArray());
        Assert.Equal("/docs/errors#content-rejected", job["error"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Reuse_IdenticalRequestWithASeed_NeedsNoTask()
    {
        var prompt = TestApp.NewPrompt("identical");
        var first = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64", seed = 3, name = "first" }));
        using var answer = await app.SendAsync(
            HttpMethod.Post,
            "api/images",
            new { prompt, height = 64, width = 64, seed = 3, reuse = "identical", tags = new[] { "again" } });
        var second = await app.ReadAsync(answer, System.Net.HttpStatusCode.OK);
        Assert.NotEqual(TestApp.IdOf(first), TestApp.IdOf(second));
        Assert.Equal(("succeeded", TestApp.IdOf(first)), (TestApp.StatusOf(second), second["reusedFrom"]!.GetValue<string>()));
        Assert.Equal(Sha(first), Sha(second));
        Assert.Equal(
            await app.Http.GetByteArrayAsync(first["images"]![0]!["url"]!.GetValue<string>()),
            await app.Http.GetByteArrayAsync(second["images"]![0]!["url"]!.GetValue<string>()));
        Assert.Equal(1, app.PostsOf(prompt));
        // A request with another seed is not identical.
        var other = await app.EndOfAsync(await app.PostAsync(new { prompt, size = "64x64", seed = 4, reuse = "identical" }));
        Assert.Null(other["reusedFrom"]);
        Assert.DoesNotContain("reuse: ", other["warnings"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(2, app.PostsOf(prompt));
    }

    [Theory]
    [InlineData("""{"prompt":"PROMPT","size":"64x64","reuse":"identical"}""", "seed")]
    [InlineData("""{"prompt":"PROMPT","size":"64x64","reuse":"identical","seed":3,"count":2}""", "count")]
    public async Task Reuse_NotPossible_MakesANewPictureWithAWarning(string body, string cure)
    {
        var prompt = TestApp.NewPrompt("not reused");
        for (var times = 1; times <= 2; times++)
        {
            var job = await app.EndOfAsync(await app.PostAsync(JsonNode.Parse(body.Replace("PROMPT", prompt, StringComparison.Ordinal))!));
            Assert.Equal("succeeded", TestApp.StatusOf(job));
            Assert.Null(job["reusedFrom"]);
            // There is also a warning about the size.
            var warning = Assert.Single(
                job["warnings"]!.AsArray(), one => one!.GetValue<string>().StartsWith("reuse: ", StringComparison.Ordinal));
            Assert.Contains(cure, warning!.GetValue<string>(), StringComparison.Ordinal);
        }

        Assert.InRange(app.PostsOf(prompt), 2, 4);
    }

    private static string Sha(JsonObject job) => job["images"]![0]!["sha256"]!.GetValue<string>();
}
