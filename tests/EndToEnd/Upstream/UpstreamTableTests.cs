using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Darkroom.Simulator.Pictures;
using Darkroom.Simulator.Scenarios;

namespace Darkroom.EndToEnd;

/// <summary>
/// Runs the whole table over real sockets. It checks the answer to the caller, the number of POSTs, and the stored blobs.
/// </summary>
public sealed class UpstreamTableTests(UpstreamTableTests.Runs runs, TestApp app) : IClassFixture<UpstreamTableTests.Runs>
{
    public static TheoryData<string, string, string, int> Failures =>
        [.. UpstreamTable.Failures.Select(row => (row.Scenario, row.Status, row.Error, row.Posts))];

    public static TheoryData<string, int> Successes => [.. UpstreamTable.Successes.Select(row => (row.Scenario, row.Pictures))];

    public static TheoryData<string, int> Refusals => [.. UpstreamTable.Refusals.Select(row => (row.Scenario, row.Times))];

    public static TheoryData<string, int> PassingTroubles => [.. UpstreamTable.PassingTroubles.Select(row => (row.Scenario, row.Times))];

    public static TheoryData<string> Endless => [.. UpstreamTable.Endless];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Job_FailureScenario_HasItsErrorAndNoBlobs(string scenario, string status, string error, int posts)
    {
        var (prompt, job) = await runs.EndOfAsync(scenario, null);
        Assert.Equal(status, TestApp.StatusOf(job));
        Assert.Equal($"/docs/errors#{error}", job["error"]!["type"]!.GetValue<string>());
        Assert.False(string.IsNullOrWhiteSpace(job["error"]!["detail"]!.GetValue<string>()));
        Assert.Equal(posts, app.PostsOf(prompt));
        Assert.Empty(job["images"]!.AsArray());
        Assert.Empty(await app.BlobsOfAsync(job));
    }

    [Theory]
    [InlineData("invalid-token")]
    [InlineData("bind-account")]
    [InlineData("forbidden")]
    [InlineData("look-401")]
    public async Task Job_RefusedToken_SaysWhatToCheck(string scenario)
    {
        var detail = (await runs.EndOfAsync(scenario, null)).Job["error"]!["detail"]!.GetValue<string>();
        foreach (var check in new[] { "modelscope.cn", "expired or revoked", "Alibaba Cloud account", "real-name" })
            Assert.Contains(check, detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Successes))]
    public async Task Job_SuccessScenario_StoresTheExactBytes(string scenario, int pictures)
    {
        var (prompt, job) = await runs.EndOfAsync(scenario, null);
        Assert.True(TestApp.StatusOf(job) == "succeeded", job.ToJsonString());
        Assert.Equal(1, app.PostsOf(prompt));
        Assert.Equal(pictures, job["images"]!.AsArray().Count);
        Assert.Equal(2 * pictures, (await app.BlobsOfAsync(job)).Count(TestApp.IsNoThumbnail));
        var task = app.Upstream.Tasks.All.Single(task => task.Body.Prompt == prompt);
        foreach (var image in job["images"]!.AsArray())
        {
            using var original = new MemoryStream();
            PictureFile.Write(task, image!["index"]!.GetValue<int>(), original);
            var hash = Convert.ToHexStringLower(SHA256.HashData(original.ToArray()));
            Assert.Equal(hash, image["sha256"]!.GetValue<string>());
            Assert.Equal(original.ToArray(), await app.Http.GetByteArrayAsync(image["url"]!.GetValue<string>()));
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Job_RefusedSubmit_IsPostedAgain(string scenario, int times)
    {
        var (prompt, job) = await runs.EndOfAsync(scenario, times);
        Assert.Equal("succeeded", TestApp.StatusOf(job));
        Assert.Equal(times + 1, app.PostsOf(prompt));
        Assert.Single(app.Upstream.Tasks.All, task => task.Body.Prompt == prompt);
    }

    [Theory]
    [MemberData(nameof(PassingTroubles))]
    public async Task Job_TemporaryFailure_SucceedsWithOnePost(string scenario, int times)
    {
        var (prompt, job) = await runs.EndOfAsync(scenario, times);
        Assert.True(TestApp.StatusOf(job) == "succeeded", job.ToJsonString());
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task Job_EndlessTask_ExpiresAndKeepsTheTaskId(string scenario)
    {
        var (prompt, job) = await runs.EndOfAsync(scenario, null, isEndless: true);
        Assert.Equal("expired", TestApp.StatusOf(job));
        Assert.Equal("/docs/errors#deadline-exceeded", job["error"]!["type"]!.GetValue<string>());
        Assert.Equal(
            app.Upstream.Tasks.All.Single(task => task.Body.Prompt == prompt).Id, job["upstream"]![0]!["taskId"]!.GetValue<string>());
        Assert.Equal(1, app.PostsOf(prompt));
    }

    [Fact]
    public async Task Storage_AfterEveryScenario_ContainsNoSecret()
    {
        await runs.AllEndAsync();
        // Each row has at least its ledger, its request and its history.
        Assert.True(await app.FindLeaksAsync() > 3 * UpstreamTable.Failures.Count);
    }

    [Fact]
    public void Table_AllScenariosOfTheSimulator_AreIncluded()
    {
        var inTable = UpstreamTable.Failures.Select(row => row.Scenario)
            .Concat(UpstreamTable.Successes.Select(row => row.Scenario))
            .Concat(UpstreamTable.Endless)
            .Concat(
                UpstreamTable.Refusals.Concat(UpstreamTable.PassingTroubles).Select(row => row.Scenario)).Concat(UpstreamTable.Elsewhere);
        Assert.Empty(ScenarioCatalogue.All.Select(scenario => scenario.Name).Except(inTable));
    }

    /// <summary>Starts the jobs of all rows at the same time, so that their waits overlap.</summary>
    public sealed class Runs : IAsyncLifetime
    {
        private readonly ConcurrentDictionary<Row, Task<(string Prompt, JsonObject Job)>> _runs = new();
        private readonly TestApp _workshop;

        public Runs(TestApp app) => _workshop = app;

        public ValueTask InitializeAsync()
        {
            foreach (var row in UpstreamTable.Failures)
                _ = EndOfAsync(row.Scenario, null);
            foreach (var row in UpstreamTable.Successes)
                _ = EndOfAsync(row.Scenario, null);
            foreach (var row in UpstreamTable.Refusals.Concat(UpstreamTable.PassingTroubles))
                _ = EndOfAsync(row.Scenario, row.Times);
            foreach (var scenario in UpstreamTable.Endless)
                _ = EndOfAsync(scenario, null, isEndless: true);
            return ValueTask.CompletedTask;
        }

        public Task<(string Prompt, JsonObject Job)> EndOfAsync(string scenario, int? times, bool isEndless = false) =>
            _runs.GetOrAdd(new Row(scenario, times, isEndless), key => RunAsync(key.Scenario, key.Times, key.IsEndless));

        public Task AllEndAsync() => Task.WhenAll(_runs.Values);

        public async ValueTask DisposeAsync() => await AllEndAsync();

        private sealed record Row(string Scenario, int? Times, bool IsEndless);

        private async Task<(string Prompt, JsonObject Job)> RunAsync(string scenario, int? times, bool isEndless)
        {
            var prompt = TestApp.NewPrompt(scenario);
            _workshop.Upstream.Scenarios.Assign(scenario, prompt, times);
            object body = isEndless ? new { prompt, size = "64x64", deadlineSeconds = 2 } : new { prompt, size = "64x64" };
            return (prompt, await _workshop.EndOfAsync(await _workshop.PostAsync(body)));
        }
    }
}
