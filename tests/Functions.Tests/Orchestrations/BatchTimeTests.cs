using Darkroom.Batches;
using Darkroom.Durable;
using Darkroom.Jobs;
using Darkroom.Simulator;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Batches and the gate: the order of jobs, what a cancel stops, and storage that is away for a time.</summary>
public sealed class BatchTimeTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Batch_SeveralGenerations_RunsEveryItemOnce(int seed, bool hasEarlyTimers)
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Seed = seed, HasEarlyTimers = hasEarlyTimers });
        var batch = await app.StartBatchAsync(Items("item", 120));
        await app.Hub.RunUntilEndAsync(batch);
        var shown = app.Batch(batch);
        Assert.Empty((await app.LinesAsync(batch, "errors")).Select(line => line.ToJsonString()));
        Assert.Equal((120, 0, 0), (shown.Succeeded, shown.Failed, shown.Canceled));
        Assert.Equal(
            Enumerable.Range(1, 120), (await app.LinesAsync(batch, "results")).Select(line => line["line"]!.GetValue<int>()).Order());
        Assert.All(app.Upstream.Counters.PostsByPrompt.Values, posts => Assert.Equal(1, posts));
        Assert.InRange(app.Hub.Get(batch).Generation, 1, 20);
    }

    [Fact]
    public async Task Gate_JobOfAPersonDuringABatch_GoesFirst()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var batch = await app.StartBatchAsync(Items("bulk", 60));
        await app.Hub.RunUntilAsync(() => app.Upstream.Tasks.All.Count == 3);
        var person = await app.StartPictureAsync("person");
        await app.EndOfAsync(person);
        Assert.InRange(app.Upstream.Tasks.All.TakeWhile(task => task.Body.Prompt != "person").Count(), 3, 4);
        await app.CancelBatchAsync(batch);
        await app.Hub.RunUntilEndAsync(batch);
        Assert.Equal(60, app.Batch(batch).Succeeded + app.Batch(batch).Canceled);
    }

    [Fact]
    public async Task Gate_SeveralBatches_TakeTurns()
    {
        const int Each = 4;
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var ahead = await app.StartPictureAsync("ahead");
        await app.UntilAsync(ahead, JobStatus.Generating);
        var batches = new List<string>();
        for (var n = 0; n < 10; n++)
            batches.Add(await app.StartBatchAsync(Items($"turn{n}", Each)));
        await app.Hub.SettleAsync();
        foreach (var batch in batches)
            await app.Hub.RunUntilEndAsync(batch);
        var order = app.Upstream.Tasks.All.Select(task => task.Body.Prompt.Split(' ')[0]).Where(prompt => prompt != "ahead").ToArray();
        Assert.Equal(batches.Count * Each, order.Length);
        Assert.All(order.Chunk(batches.Count), round => Assert.Equal(batches.Count, round.Distinct().Count()));
    }

    [Fact]
    public async Task CancelBatch_Running_SubmitsNothingMoreAndWritesEveryItem()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var batch = await app.StartBatchAsync(Items("cancel", 120));
        await app.Hub.RunUntilAsync(() => app.Batch(batch).Succeeded > 1);
        var posted = app.Upstream.Tasks.All.Count;
        Assert.Equal(202, await app.CancelBatchAsync(batch));
        await app.Hub.RunUntilEndAsync(batch);
        Assert.Equal(posted, app.Upstream.Tasks.All.Count);
        var shown = app.Batch(batch);
        Assert.Equal(120, shown.Succeeded + shown.Canceled);
        var (results, errors) = (await app.LinesAsync(batch, "results"), await app.LinesAsync(batch, "errors"));
        Assert.Equal(Enumerable.Range(1, 120), results.Concat(errors).Select(line => line["line"]!.GetValue<int>()).Order());
        Assert.All(errors, line => Assert.Equal("/docs/errors#canceled", line["error"]!["type"]!.GetValue<string>()));
        Assert.Equal(200, await app.CancelBatchAsync(batch));
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("discard")]
    public async Task CancelBatch_LatePicture_IsKeptAndMarkedOrDiscarded(string late)
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 120 } });
        var batch = await app.StartBatchAsync(Items(late, 3));
        await app.Hub.RunUntilAsync(() => app.Upstream.Tasks.All.Count == 1);
        await app.CancelBatchAsync(batch, $"?late={late}");
        await app.Hub.RunUntilEndAsync(batch);
        var shown = app.Batch(batch);
        Assert.Single(app.Upstream.Tasks.All);
        Assert.Equal(late == "keep" ? (1, 2) : (0, 3), (shown.Succeeded, shown.Canceled));
        var results = await app.LinesAsync(batch, "results");
        Assert.Equal(shown.Succeeded, results.Length);
        Assert.All(results, line => Assert.True(line["late"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData(nameof(StartItems))]
    [InlineData(nameof(WriteResults))]
    public async Task Batch_StorageAwayForAnHour_Continues(string activity)
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var (from, back) = (app.Hub.Now.AddSeconds(30), app.Hub.Now.AddHours(1));
        app.Hub.BeforeActivity(activity, () =>
        {
            if (app.Hub.Now >= from && app.Hub.Now < back)
                throw new SanitizedException("A storage request failed (no answer).");
        });
        var batch = await app.StartBatchAsync(Items("away", 60));
        await app.Hub.RunUntilEndAsync(batch);
        Assert.Equal(60, app.Batch(batch).Succeeded);
        Assert.All(app.Upstream.Counters.PostsByPrompt.Values, posts => Assert.Equal(1, posts));
        Assert.Equal(60, (await app.LinesAsync(batch, "results")).Length);
        Assert.InRange(app.Hub.Now, back, back.AddHours(1));
    }

    [Fact]
    public async Task Batch_TerminatedItem_IsFoundByTheInspection()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var batch = await app.StartBatchAsync(Items("terminated", 3));
        await app.Hub.RunUntilAsync(() => app.Upstream.Tasks.All.Count == 1);
        app.Hub.Terminate(BatchItem.JobIdOf(batch, "3.0"));
        await app.Hub.RunUntilEndAsync(batch);
        Assert.Equal(
            (2, 3), (app.Batch(batch).Succeeded, app.Batch(batch).Succeeded + app.Batch(batch).Failed + app.Batch(batch).Canceled));
    }

    private static IEnumerable<string> Items(string about, int count) => Enumerable.Range(1, count).Select(n => $"{about} {n}");
}
