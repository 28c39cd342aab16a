using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Darkroom.Batches;
using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Jobs;
using Darkroom.Maintenance;
using Darkroom.Queues;
using Darkroom.Settings;
using Darkroom.Simulator;
using Darkroom.Storage;
using Darkroom.TestKit;
using Darkroom.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Maintenance;

/// <summary>Retention processes everything in the storage, so each test has its own app.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private AppOnTaskHub _app = null!;

    private Containers Containers => _app.Services.GetRequiredService<Containers>();

    public async ValueTask InitializeAsync() => _app = await AppOnTaskHub.StartAsync(new AppOptions
    {
        Upstream = new SimulatorSettings { Speed = 0, Slots = 64 },
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Run_JobEndedBeforeRetentionTime_PurgesJobAndPictures_AndIdReturns410()
    {
        var old = await DoneAsync("""{"prompt":"old","size":"64x64","count":2}""");
        // This job is canceled before its submit. Its full request is in storage, because it contains a signed address.
        var unsent = await _app.StartAsync("""{"prompt":"never submitted","size":"64x64","image_url":"https://example.com/a.png?sig=1"}""");
        await _app.CancelAsync(unsent);
        await _app.EndOfAsync(unsent);
        Assert.NotEmpty(await BlobsAsync(Containers.Pictures, old));
        await RunAsync(days: 29);
        Assert.Equal(200, await _app.GetAsync(old));

        await RunAsync(days: 31, isDryRun: true);
        Assert.Equal(200, await _app.GetAsync(old));

        await RunAsync(days: 31);
        Assert.Equal((410, 410), (await _app.GetAsync(old), await _app.GetAsync(unsent)));
        Assert.Empty(await BlobsAsync(Containers.Pictures, old));
        Assert.Empty(await BlobsAsync(Containers.Jobs, old));
        Assert.Empty(await BlobsAsync(Containers.Jobs, unsent));
        Assert.Null(_app.Hub.Find($"{old}.1"));
        // A second run has nothing to do and must not fail.
        await RunAsync(days: 31);
        Assert.Equal(410, await _app.GetAsync(old));
    }

    [Fact]
    public async Task Run_JobWithWebhook_PurgesMessagesAndDeliveries()
    {
        // The receiver does not exist, so the delivery is given up after some days.
        var hook = $$"""{"url":"https://hooks.invalid/hook","secret":"{{Webhooks.SampleSecrets.Text(32)}}"}""";
        var job = await DoneAsync($$"""{"prompt":"announced","size":"64x64","webhook":{{hook}}}""");
        var delivery = DeliveryOrder.InstanceOf(job, 1);
        await _app.Hub.RunUntilAsync(() => _app.Hub.Find(delivery) is not null);
        await _app.Hub.RunForAsync(TimeSpan.FromSeconds(2));
        _app.Hub.Suspend(delivery);
        await _app.Hub.SettleAsync();
        Assert.NotEmpty(await WebhookBlobsAsync(job));

        // A job whose message is still being delivered is kept.
        await RunAsync(days: 31);
        Assert.Equal(200, await _app.GetAsync(job));

        _app.Hub.Terminate(delivery);
        await _app.Hub.SettleAsync();
        await RunAsync(days: 31);
        Assert.Equal(410, await _app.GetAsync(job));
        Assert.Empty(await WebhookBlobsAsync(job));
        Assert.Null(_app.Hub.Find(delivery));
    }

    private async Task<IReadOnlyList<string>> WebhookBlobsAsync(string job)
    {
        var names = new List<string>();
        await foreach (
            var blob in Containers.Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"webhooks/{job}/", CancellationToken.None))
            names.Add(blob.Name);
        return names;
    }

    [Fact]
    public async Task Run_BatchEndedBeforeRetentionTime_PurgesInputAndResults_AndIdReturns410()
    {
        var batch = await _app.StartBatchAsync(["one", "two"]);
        await _app.Hub.RunUntilEndAsync(batch);
        await RunAsync(days: 29);
        Assert.NotEmpty(await BlobsAsync(Containers.Jobs, $"batches/{batch}/"));
        await RunAsync(days: 31);
        Assert.Empty(await BlobsAsync(Containers.Jobs, $"batches/{batch}/"));
        Assert.Null(_app.Hub.Find(batch));
        Assert.True(await _app.Services.GetRequiredService<BatchStore>().ExistedAsync(batch, CancellationToken.None));
        Assert.Equal(410, await _app.CancelBatchAsync(batch));
    }

    [Fact]
    public async Task Run_BlobOfAPoisonMessage_IsPurgedAfterRetentionTime()
    {
        await _app.Services.GetRequiredService<PoisonMessages>().SendAsync(
            "long", new string('x', 60_000), "invalid-request", [], CancellationToken.None);
        var kept = Containers.Jobs.GetBlobClient("poison/long");
        Assert.True(await kept.ExistsAsync());
        // The time of the write comes from the clock of the storage, not of the test.
        var written = (await kept.GetPropertiesAsync()).Value.LastModified;
        await RunAsync(written.AddDays(29) - _app.Hub.Now);
        Assert.True(await kept.ExistsAsync());
        await RunAsync(written.AddDays(31) - _app.Hub.Now);
        Assert.False(await kept.ExistsAsync());
    }

    [Fact]
    public async Task Run_OldJobThatHasNotEnded_KeepsIt()
    {
        _app.Upstream.Scenarios.Assign("never-ends", "endless");
        var job = await _app.StartPictureAsync("endless");
        await _app.UntilAsync(job, JobStatus.Generating);
        await RunAsync(days: 400);
        Assert.Equal(202, await _app.GetAsync(job));
    }

    [Fact]
    public async Task Run_PicturesReusedByALaterJob_KeepsThemAsLongAsThatJob()
    {
        var first = await DoneAsync("""{"prompt":"shared","size":"64x64","seed":9}""");
        var before = await TagsAsync(first);
        var earlier = await _app.StateAsync(first);
        var second = await _app.StartAsync(
            """{"prompt":"shared","size":"64x64","seed":9,"reuse":"identical"}""",
            new JobState { Pictures = earlier.Pictures, Seed = earlier.Seed, ReusedFrom = first });
        Assert.Equal(first, (await _app.EndOfAsync(second)).ReusedFrom);
        // A reuse touches the blobs, because the lifecycle rule of the account only knows when a blob was last changed.
        Assert.Empty(before.Intersect(await TagsAsync(first)));

        var entries = new List<JobIndexEntry>();
        await foreach (var one in _app.Services.GetRequiredService<JobIndex>().ListAsync(null, null, null, CancellationToken.None))
            entries.Add(one);
        var found = await _app.Services.GetRequiredService<JobPurge>().LookAsync(
            _app.Client, entries.Single(entry => entry.JobId == first), CancellationToken.None);
        Assert.Equal(RetentionVerdict.Keep, RetentionRules.Decide(found, _app.Hub.Now.UtcDateTime.AddDays(31)));
        // The later job is newer in the index, so it is purged first. Then no job needs the earlier one, and the same run purges it.
        await RunAsync(days: 31);
        Assert.Equal((410, 410), (await _app.GetAsync(first), await _app.GetAsync(second)));
    }

    [Fact]
    public async Task Run_AfterAnInterruptedRun_ContinuesBehindTheLastCard()
    {
        var job = await DoneAsync("""{"prompt":"resumed","size":"64x64"}""");
        await foreach (var entry in _app.Services.GetRequiredService<JobIndex>().ListAsync(null, null, null, CancellationToken.None))
            await _app.Services.GetRequiredService<RetentionCursor>().WriteAsync(entry.Place, CancellationToken.None);
        // The run starts behind the entry of this job, so it skips the job and completes. The next run starts at the beginning.
        await RunAsync(days: 31);
        Assert.Equal(200, await _app.GetAsync(job));
        await RunAsync(days: 31);
        Assert.Equal(410, await _app.GetAsync(job));
    }

    private async Task<string> DoneAsync(string json)
    {
        var job = await _app.StartAsync(json);
        Assert.Equal(JobStatus.Succeeded, (await _app.EndOfAsync(job)).Status);
        return job;
    }

    private Task RunAsync(int days, bool isDryRun = false) => RunAsync(TimeSpan.FromDays(days), isDryRun);

    private async Task RunAsync(TimeSpan after, bool isDryRun = false)
    {
        var settings = _app.Services.GetRequiredService<DarkroomSettings>() with { RetentionDryRun = isDryRun };
        var later = new ManualTime(_app.Hub.Now + after);
        await ActivatorUtilities.CreateInstance<Retention>(_app.Services, settings, later).RunAsync(
            new TimerInfo(), _app.Client, CancellationToken.None);
    }

    private async Task<string[]> TagsAsync(string job)
    {
        var tags = (await BlobsAsync(Containers.Pictures, job)).Select(blob => blob.Properties.ETag!.Value.ToString()).ToArray();
        // The picture, its sidecar and its thumbnail.
        Assert.Equal(3, tags.Length);
        return tags;
    }

    private static async Task<List<BlobItem>> BlobsAsync(BlobContainerClient container, string part)
    {
        var blobs = new List<BlobItem>();
        await foreach (var blob in container.GetBlobsAsync())
        {
            if (blob.Name.Contains(part, StringComparison.Ordinal))
                blobs.Add(blob);
        }

        return blobs;
    }
}
