using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Darkroom.Simulator.Pictures;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>What upstream says, and what becomes of it: the caller's view, the POSTs upstream saw, and what is in storage.</summary>
public sealed class UpstreamTableTests(Workshop workshop) : IClassFixture<Workshop>
{
    [Theory]
    [InlineData("bad-parameter", "failed", "invalid-request", 1)]
    [InlineData("submit-302", "failed", "invalid-request", 1)]
    [InlineData("submit-404", "failed", "invalid-request", 1)]
    [InlineData("submit-405", "failed", "invalid-request", 1)]
    [InlineData("submit-409", "failed", "invalid-request", 1)]
    [InlineData("submit-415", "failed", "invalid-request", 1)]
    [InlineData("submit-422", "failed", "invalid-request", 1)]
    [InlineData("model-unsupported", "failed", "model-unavailable", 1)]
    [InlineData("no-provider", "failed", "model-unavailable", 1)]
    [InlineData("model-retired", "failed", "model-unavailable", 1)]
    [InlineData("moderated", "failed", "content-rejected", 1)]
    [InlineData("moderated-english", "failed", "content-rejected", 1)]
    [InlineData("invalid-token", "failed", "unauthorized", 1)]
    [InlineData("bind-account", "failed", "unauthorized", 1)]
    [InlineData("forbidden", "failed", "unauthorized", 1)]
    [InlineData("submit-408", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-502", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-502-json", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-504", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-500-html", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-503-html", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-html", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-no-id", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-cut", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-cut-before", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-half", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("submit-flood", "submissionUnknown", "submission-unknown", 1)]
    [InlineData("failed-errors", "failed", "upstream-failed", 1)]
    [InlineData("failed-error-string", "failed", "upstream-failed", 1)]
    [InlineData("failed-detail", "failed", "upstream-failed", 1)]
    [InlineData("failed-late-reason", "failed", "upstream-failed", 1)]
    [InlineData("failed-silently", "failed", "upstream-failed", 1)]
    [InlineData("fails-as-CANCELED", "failed", "upstream-failed", 1)]
    [InlineData("look-401", "failed", "unauthorized", 1)]
    [InlineData("no-picture", "failed", "picture-unavailable", 1)]
    [InlineData("not-a-picture", "failed", "picture-rejected", 1)]
    [InlineData("bomb", "failed", "picture-rejected", 1)]
    [InlineData("oversize", "failed", "picture-rejected", 1)]
    [InlineData("oversize-unannounced", "failed", "picture-rejected", 1)]
    [InlineData("foreign-host", "failed", "picture-rejected", 1)]
    [InlineData("private-host", "failed", "picture-rejected", 1)]
    [InlineData("redirect-away", "failed", "picture-rejected", 1)]
    [InlineData("redirect-home", "failed", "picture-rejected", 1)]
    public async Task A_failure_is_told_with_its_kind_and_leaves_nothing_behind(string scenario, string status, string error, int posts)
    {
        var (prompt, job) = await RunAsync(scenario);
        Assert.Equal(status, Workshop.StatusOf(job));
        Assert.Equal($"/docs/errors#{error}", job["error"]!["type"]!.GetValue<string>());
        Assert.False(string.IsNullOrWhiteSpace(job["error"]!["detail"]!.GetValue<string>()));
        Assert.Equal(posts, workshop.PostsOf(prompt));
        Assert.Empty(job["images"]!.AsArray());
        Assert.Empty(await workshop.BlobsOfAsync(job));
    }

    [Theory]
    [InlineData("done-SUCCEED", 1, 1)]
    [InlineData("seed-000", 1, 1)]
    [InlineData("seed-001", 1, 1)]
    [InlineData("seed-002", 1, 1)]
    [InlineData("seed-003", 1, 1)]
    [InlineData("seed-004", 1, 1)]
    [InlineData("numeric-task-id", 1, 1)]
    [InlineData("images-url", 1, 1)]
    [InlineData("data-url", 1, 1)]
    [InlineData("images-base64", 1, 1)]
    [InlineData("result-endpoint-json", 1, 1)]
    [InlineData("result-endpoint-bytes", 1, 1)]
    [InlineData("not-found-at-first", 1, 1)]
    [InlineData("404-at-first", 1, 1)]
    [InlineData("jpeg", 1, 1)]
    [InlineData("lying-type", 1, 1)]
    [InlineData("no-type", 1, 1)]
    [InlineData("redirect", 1, 1)]
    [InlineData("dead-first-link", 1, 1)]
    [InlineData("one-megabyte", 1, 1)]
    [InlineData("two-pictures", 1, 2)]
    [InlineData("four-pictures", 1, 4)]
    public async Task A_success_is_in_storage_byte_for_byte_whatever_the_way(string scenario, int posts, int pictures)
    {
        var (prompt, job) = await RunAsync(scenario);
        Assert.True(Workshop.StatusOf(job) == "succeeded", job.ToJsonString());
        Assert.Equal(posts, workshop.PostsOf(prompt));
        Assert.Equal(pictures, job["images"]!.AsArray().Count);
        Assert.Equal(2 * pictures, (await workshop.BlobsOfAsync(job)).Count);
        var task = workshop.Upstream.Tasks.All.Single(task => task.Body.Prompt == prompt);
        foreach (var image in job["images"]!.AsArray())
        {
            using var original = new MemoryStream();
            PictureFile.Write(task, image!["index"]!.GetValue<int>(), original);
            var hash = Convert.ToHexStringLower(SHA256.HashData(original.ToArray()));
            Assert.Equal(hash, image["sha256"]!.GetValue<string>());
            Assert.Equal(original.ToArray(), await workshop.Http.GetByteArrayAsync(image["url"]!.GetValue<string>()));
        }
    }

    [Theory]
    [InlineData("throttled", 1)]
    [InlineData("throttled-date", 1)]
    [InlineData("throttled-silent", 1)]
    [InlineData("busy", 3)]
    [InlineData("busy-until", 1)]
    [InlineData("submit-500", 2)]
    [InlineData("submit-501", 1)]
    [InlineData("submit-505", 1)]
    [InlineData("submit-529", 1)]
    [InlineData("quota-until", 1)]
    [InlineData("no-credits-until", 1)]
    public async Task What_upstream_did_not_accept_is_posted_again(string scenario, int refusals)
    {
        var (prompt, job) = await RunAsync(scenario, refusals);
        Assert.Equal("succeeded", Workshop.StatusOf(job));
        Assert.Equal(refusals + 1, workshop.PostsOf(prompt));
        Assert.Single(workshop.Upstream.Tasks.All, task => task.Body.Prompt == prompt);
    }

    [Fact]
    public async Task Trouble_that_does_not_end_is_given_up_after_four_submits()
    {
        var (prompt, job) = await RunAsync("busy");
        Assert.Equal("failed", Workshop.StatusOf(job));
        Assert.Equal("/docs/errors#upstream-unavailable", job["error"]!["type"]!.GetValue<string>());
        Assert.True(job["error"]!["retryable"]!.GetValue<bool>());
        Assert.Equal(4, workshop.PostsOf(prompt));
    }

    [Theory]
    [InlineData("never-ends")]
    [InlineData("look-500")]
    [InlineData("look-502")]
    [InlineData("look-429")]
    [InlineData("look-html")]
    [InlineData("look-cut")]
    [InlineData("look-half")]
    public async Task A_task_that_cannot_be_seen_to_end_expires_and_keeps_its_id(string scenario)
    {
        var prompt = $"{scenario} {Guid.NewGuid()}";
        workshop.Upstream.Scenarios.Assign(scenario, prompt);
        var job = await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64", deadlineSeconds = 2 }));
        Assert.Equal("expired", Workshop.StatusOf(job));
        Assert.Equal("/docs/errors#deadline-exceeded", job["error"]!["type"]!.GetValue<string>());
        Assert.Equal(workshop.Upstream.Tasks.All.Single(task => task.Body.Prompt == prompt).Id, job["upstream"]![0]!["taskId"]!.GetValue<string>());
        Assert.Equal(1, workshop.PostsOf(prompt));
    }

    [Theory]
    [InlineData("look-500", 3)]
    [InlineData("look-cut", 3)]
    [InlineData("look-html", 3)]
    [InlineData("picture-500", 4)]
    [InlineData("picture-cut", 2)]
    [InlineData("truncated", 1)]
    [InlineData("empty-picture", 1)]
    public async Task Trouble_that_passes_costs_nothing_but_time(string scenario, int times)
    {
        var (prompt, job) = await RunAsync(scenario, times);
        Assert.True(Workshop.StatusOf(job) == "succeeded", job.ToJsonString());
        Assert.Equal(1, workshop.PostsOf(prompt));
    }

    private async Task<(string Prompt, JsonObject Job)> RunAsync(string scenario, int? times = null)
    {
        var prompt = $"{scenario} {Guid.NewGuid()}";
        workshop.Upstream.Scenarios.Assign(scenario, prompt, times);
        return (prompt, await workshop.EndOfAsync(await workshop.PostAsync(new { prompt, size = "64x64" })));
    }
}
