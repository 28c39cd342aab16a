using Darkroom.Batches;
using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Maintenance;
using Darkroom.Simulator;
using Darkroom.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Batches;

/// <summary>A batch and its retries, when some of them were purged or never started.</summary>
public sealed class BatchFamilyTests : IAsyncLifetime
{
    private AppOnTaskHub _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BatchStore Batches => _app.Services.GetRequiredService<BatchStore>();

    public async ValueTask InitializeAsync() =>
        _app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Speed = 0, Slots = 64 } });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Purge_Family_HappensOnlyAsAWhole()
    {
        var first = await FailingBatchAsync();
        await _app.Hub.RunForAsync(TimeSpan.FromDays(20));
        var child = Assert.IsType<RetryStart.Started>(await RetryAsync(first)).Child.BatchId;
        await _app.Hub.RunUntilEndAsync(child);
        Assert.Equal(0, await PurgeAsync(daysAgo: 10));
        Assert.NotNull(await Batches.TicketAsync(first, Token));
        await _app.Hub.RunForAsync(TimeSpan.FromDays(11));
        Assert.Equal(2, await PurgeAsync(daysAgo: 10));
        Assert.True(await Batches.IsRememberedAsync(first, Token));
        Assert.True(await Batches.IsRememberedAsync(child, Token));
        Assert.Null(_app.Hub.Find(child));
    }

    [Fact]
    public async Task Retry_EarlierRetryWasPurged_IsRefused()
    {
        var first = await FailingBatchAsync();
        _app.Upstream.Scenarios.Clear();
        var child = Assert.IsType<RetryStart.Started>(await RetryAsync(first)).Child.BatchId;
        await _app.Hub.RunUntilEndAsync(child);
        Assert.Equal(2, _app.PostsOf("fails"));
        // This is the state after an interrupted purge.
        await Batches.RememberAsync(child, Token);
        await DeleteAsync(child);
        Assert.True(_app.Hub.Purge(child));
        Assert.True(_app.Hub.Purge($"{child}.1.0"));
        Assert.IsType<RetryStart.FamilyPurged>(await RetryAsync(first));
    }

    [Fact]
    public async Task Retry_ParentWasPurged_IsRefused()
    {
        var first = await FailingBatchAsync();
        var child = Assert.IsType<RetryStart.Started>(await RetryAsync(first)).Child.BatchId;
        await _app.Hub.RunUntilEndAsync(child);
        await Batches.RememberAsync(first, Token);
        await DeleteAsync(first);
        Assert.IsType<RetryStart.FamilyPurged>(await RetryAsync(child));
    }

    [Fact]
    public async Task Retry_EarlierChildWasNotStarted_StartsIt()
    {
        var first = await FailingBatchAsync();
        _app.Upstream.Scenarios.Clear();
        var ticket = (await Batches.TicketAsync(first, Token))!;
        var cutOff = ticket with { BatchId = "cut-off", Parent = first, Total = 1 };
        await Batches.AddChildAsync(first, cutOff.BatchId, Token);
        await Batches.DecideAsync(cutOff, Token);
        Assert.IsType<RetryStart.NothingFailed>(await RetryAsync(first));
        await _app.Hub.RunUntilEndAsync(cutOff.BatchId);
        Assert.Equal(1, _app.Batch(cutOff.BatchId).Succeeded);
    }

    private async Task<string> FailingBatchAsync()
    {
        _app.Upstream.Scenarios.Assign("bad-parameter", "fails");
        var batch = await _app.StartBatchAsync(["fails"]);
        await _app.Hub.RunUntilEndAsync(batch);
        Assert.Equal(1, _app.Batch(batch).Failed);
        return batch;
    }

    private async Task<RetryStart> RetryAsync(string batch) =>
        await _app.Services.GetRequiredService<BatchRetry>().StartAsync(
            _app.Client, (await BatchReader.TryGetAsync(_app.Client, batch, Token))!.Ticket, includeUnknown: false, keyHash: null, Token);

    private Task<int> PurgeAsync(int daysAgo) =>
        _app.Services.GetRequiredService<BatchPurge>().RunAsync(
            _app.Client, _app.Hub.Now.UtcDateTime.AddDays(-daysAgo), 100, isDryRun: false, Token);

    private async Task DeleteAsync(string batch)
    {
        var jobs = _app.Services.GetRequiredService<Containers>().Jobs;
        await foreach (
            var blob in jobs.GetBlobsAsync(
                Azure.Storage.Blobs.Models.BlobTraits.None,
                Azure.Storage.Blobs.Models.BlobStates.None,
                BatchStore.NameOf(batch, ""),
                Token))
            await jobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: Token);
    }
}
