using System.Text.Json.Nodes;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>Jobs of several tasks, and jobs of none.</summary>
public sealed class ManyTasksTests(Workshop workshop)
{
    [Fact]
    public async Task Each_task_brings_its_pictures_under_numbers_that_never_change()
    {
        var prompt = Workshop.NewPrompt("several");
        workshop.Upstream.Scenarios.Assign("two-pictures", prompt);
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64", n = 3 }));
        Assert.Equal("succeeded", Workshop.StatusOf(job));
        Assert.Equal(3, workshop.PostsOf(prompt));
        Assert.Equal(3, job["upstream"]!.AsArray().Count);
        Assert.Equal([0, 1, 2, 3, 4, 5], job["images"]!.AsArray().Select(image => image!["index"]!.GetValue<int>()));
        var third = workshop.Upstream.Tasks.All.Single(task => task.Id == job["upstream"]![2]!["taskId"]!.GetValue<string>());
        // Picture 1 of task 2 of 3 has the number 1 × 3 + 2.
        using var original = new MemoryStream();
        Simulator.Pictures.PictureFile.Write(third, 1, original);
        Assert.Equal(original.ToArray(), await workshop.Http.GetByteArrayAsync($"api/images/{Workshop.IdOf(job)}/files/5"));
    }

    [Fact]
    public async Task With_a_seed_each_task_has_the_next_one()
    {
        var prompt = Workshop.NewPrompt("seeds");
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64", count = 3, seed = 5 }));
        Assert.Equal([5, 6, 7], workshop.Upstream.Tasks.All.Where(task => task.Body.Prompt == prompt).Select(task => task.Seed).Order());
        Assert.Equal("succeeded", Workshop.StatusOf(job));
    }

    [Fact]
    public async Task Some_that_fail_make_a_partial_success_with_the_reason()
    {
        var prompt = Workshop.NewPrompt("partly");
        workshop.Upstream.Scenarios.Assign("moderated", prompt, 1);
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64", count = 2 }));
        Assert.Equal("partiallySucceeded", Workshop.StatusOf(job));
        Assert.Single(job["images"]!.AsArray());
        Assert.Equal("/docs/errors#content-rejected", job["error"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_identical_request_with_a_seed_is_answered_without_a_task()
    {
        var prompt = Workshop.NewPrompt("identical");
        var first = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64", seed = 3, name = "first" }));
        using var answer = await workshop.SendAsync(HttpMethod.Post, "api/images", new { prompt, height = 64, width = 64, seed = 3, reuse = "identical", tags = new[] { "again" } });
        var second = await workshop.ReadAsync(answer, System.Net.HttpStatusCode.OK);
        Assert.NotEqual(Workshop.IdOf(first), Workshop.IdOf(second));
        Assert.Equal(("succeeded", Workshop.IdOf(first)), (Workshop.StatusOf(second), second["reusedFrom"]!.GetValue<string>()));
        Assert.Equal(Sha(first), Sha(second));
        Assert.Equal(await workshop.Http.GetByteArrayAsync(first["images"]![0]!["url"]!.GetValue<string>()), await workshop.Http.GetByteArrayAsync(second["images"]![0]!["url"]!.GetValue<string>()));
        Assert.Equal(1, workshop.PostsOf(prompt));
        // Another seed is another picture.
        var other = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64", seed = 4, reuse = "identical" }));
        Assert.Null(other["reusedFrom"]);
        Assert.Equal(2, workshop.PostsOf(prompt));
    }

    private static string Sha(JsonObject job) => job["images"]![0]!["sha256"]!.GetValue<string>();
}
