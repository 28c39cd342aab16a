using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Functions.Tests.Orchestrations.TaskHub;
using Darkroom.Jobs;
using Darkroom.Maintenance;
using Darkroom.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Maintenance;

/// <summary>Races between retention and something else that happens to the same job.</summary>
public sealed class PurgeRaceTests : IAsyncLifetime
{
    private AppOnTaskHub _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await AppOnTaskHub.StartAsync(new AppOptions());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Purge_JobIsResubmittedMeanwhile_KeepsTheJob()
    {
        _app.Upstream.Scenarios.Assign("failed-message", "again");
        var job = await _app.StartPictureAsync("again");
        Assert.Equal(JobStatus.Failed, (await _app.EndOfAsync(job)).Status);
        _app.Upstream.Scenarios.Clear();
        Assert.False(await PurgeAsync(await EntryAsync(job), meanwhile: async () => Assert.Equal(202, await _app.ResubmitAsync(job))));
        var end = await _app.EndOfAsync(job);
        Assert.Equal((JobStatus.Succeeded, 2, 1), (end.Status, end.Attempt, end.Pictures.Count));
    }

    [Fact]
    public async Task Purge_PicturesArePinnedMeanwhile_KeepsThePictures()
    {
        var first = await _app.StartPictureAsync("shared", ""","seed":9""");
        var earlier = await _app.EndOfAsync(first);
        // A start that has pinned the pictures, but has not started its job yet.
        Assert.True(await _app.Services.GetRequiredService<ReuseIndex>().TryPinAsync(first, "later", Token));
        Assert.False(await PurgeAsync(await EntryAsync(first)));
        var second = await _app.StartAsync(
            """{"prompt":"shared","size":"64x64","seed":9}""",
            new JobState { Pictures = earlier.Pictures, Seed = earlier.Seed, ReusedFrom = first });
        Assert.Equal(first, (await _app.EndOfAsync(second)).ReusedFrom);
        Assert.True(await IsThereAsync(earlier));
        Assert.Equal(200, await _app.GetAsync(first));
    }

    [Fact]
    public async Task Reuse_PicturesAreAlreadyPurged_MakesThemAgain()
    {
        var first = await _app.StartPictureAsync("made twice", ""","seed":9""");
        var earlier = await _app.EndOfAsync(first);
        Assert.True(await PurgeAsync(await EntryAsync(first)));
        var second = await _app.StartAsync(
            """{"prompt":"made twice","size":"64x64","seed":9}""",
            new JobState { Pictures = earlier.Pictures, Seed = earlier.Seed, ReusedFrom = first });
        var end = await _app.EndOfAsync(second);
        Assert.Equal((JobStatus.Succeeded, null), (end.Status, end.ReusedFrom));
        Assert.True(await IsThereAsync(end));
        Assert.Equal(2, _app.PostsOf("made twice"));
    }

    [Fact]
    public async Task Purge_CardOfALostStart_KeepsTheJobOfTheWinner()
    {
        var job = await _app.StartPictureAsync("first", ""","image_url":"https://example.com/a.png?sig=1" """);
        var end = await _app.EndOfAsync(job);
        var first = await EntryAsync(job);
        await _app.Services.GetRequiredService<JobIndex>().AddAsync(job, first.CreatedAt.AddMilliseconds(1), Token);
        var second = (await EntriesAsync(job)).Single(entry => entry.CreatedAt != first.CreatedAt);
        Assert.True(await PurgeAsync(second));
        Assert.Equal([first.CreatedAt], (await EntriesAsync(job)).Select(entry => entry.CreatedAt));
        Assert.Equal(200, await _app.GetAsync(job));
        Assert.True(await IsThereAsync(end));
        Assert.NotNull(
            await _app.Services.GetRequiredService<RequestStore>().TryReadAsync(
                (await JobReader.TryGetAsync(_app.Client, job, Token))!.Ticket, Token));
    }

    // The callback runs after retention has marked the job as purged in the ledger, and before its second check of the job.
    private async Task<bool> PurgeAsync(JobIndexEntry entry, Func<Task>? meanwhile = null)
    {
        var client = new InterruptedClient(_app, meanwhile);
        return await _app.Services.GetRequiredService<JobPurge>().TryPurgeAsync(client, entry, _app.Hub.Now.UtcDateTime.AddDays(1), Token);
    }

    private async Task<JobIndexEntry> EntryAsync(string job) => Assert.Single(await EntriesAsync(job));

    private async Task<List<JobIndexEntry>> EntriesAsync(string job)
    {
        var entries = new List<JobIndexEntry>();
        await foreach (var entry in _app.Services.GetRequiredService<JobIndex>().ListAsync(null, null, null, Token))
        {
            if (entry.JobId == job)
                entries.Add(entry);
        }

        return entries;
    }

    private async Task<bool> IsThereAsync(JobState state) =>
        await _app.Services.GetRequiredService<Containers>().Pictures.GetBlobClient(Assert.Single(state.Pictures).Blob).ExistsAsync(Token);

    private sealed class InterruptedClient(AppOnTaskHub app, Func<Task>? beforeSecondLook) : HubClient(app.Hub)
    {
        private int _looks;

        public override async Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        {
            if (++_looks == 2 && beforeSecondLook is not null)
                await beforeSecondLook();
            return await base.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
        }
    }
}
