using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Darkroom.Batches;
using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.ModelScope.Requests;
using Darkroom.Queues;
using Darkroom.Requests;
using Darkroom.Storage;
using Darkroom.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Batches;

/// <summary>Blobs that have changed since they were written, or that are missing.</summary>
public sealed class TroubledStorageTests(AppOnTaskHub app) : IClassFixture<AppOnTaskHub>
{
    [Fact]
    public async Task Batch_StoredItemNoLongerValid_BecomesAnErrorAndTheOthersRun()
    {
        var (id, store) = (JobIds.New(), app.Services.GetRequiredService<BatchStore>());
        var items = BatchStore.NameOf(id, "items.jsonl");
        var good = new System.Buffers.ArrayBufferWriter<byte>();
        new BatchItem(2, 0, CustomId: null, new JobRequest { Image = new ImageRequest { Prompt = "good" } }).WriteTo(good);
        using var lines = new MemoryStream(
            [.. """{"line":1,"index":0,"customId":"c","request":{"prompt":""}}"""u8, (byte)'\n', .. good.WrittenSpan]);
        await store.Blob(items).UploadAsync(lines);

        var start = ActivatorUtilities.CreateInstance<StartItems>(app.Services);
        var started = await start.RunAsync(new StartOrder(id, items, From: 0, Count: 10, app.Hub.Now.UtcDateTime), app.Client, default);
        Assert.Equal(["1.0", "2.0"], started.Keys);
        await app.Hub.RunUntilEndAsync(BatchItem.JobIdOf(id, "2.0"));

        var results = ActivatorUtilities.CreateInstance<WriteResults>(app.Services);
        var written = await results.RunAsync(new WriteOrder(id, started.Keys, ResultsAt: 0, ErrorsAt: 0), app.Client, default);
        Assert.Equal((1, 1, 0), (written.Succeeded, written.Failed, written.StillRunning.Count));
        var errors = await app.Services.GetRequiredService<Containers>().Jobs.GetBlobClient(
            BatchStore.NameOf(id, "errors.jsonl")).DownloadContentAsync();
        Assert.Contains("#internal", errors.Value.Content.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GiveUpItems_StoredItemIsNotJson_IsCanceledLikeOthers()
    {
        var (id, store) = (JobIds.New(), app.Services.GetRequiredService<BatchStore>());
        var items = BatchStore.NameOf(id, "items.jsonl");
        using var lines = new MemoryStream("""{"line":1,"index":0,"request":{"prompt":"""u8.ToArray());
        await store.Blob(items).UploadAsync(lines);
        var results = ActivatorUtilities.CreateInstance<WriteResults>(app.Services);
        Assert.Equal(
            1,
            (
                await results.GiveUpItems(
                    new GiveUpOrder(id, items, From: 0, Count: 10, ResultsAt: 0, ErrorsAt: 0), default)).Written.Canceled);
    }

    [Fact]
    public async Task Take_MissingContainer_IsRetriedButAMissingInputBlobIsNot()
    {
        var storage = app.Services.GetRequiredService<BlobServiceClient>();
        var inbox = storage.GetBlobContainerClient("darkroom-inbox");
        await inbox.CreateIfNotExistsAsync();
        await inbox.GetBlobClient("a.txt").UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes("a cat\n")), overwrite: true);

        // A storage account without containers.
        var empty = new BatchStore(new Containers(new BlobServiceClient((await Azurite.SharedAsync()).NewAccount())));
        var intake = ActivatorUtilities.CreateInstance<BatchIntake>(app.Services, empty);
        var starter = ActivatorUtilities.CreateInstance<BatchStarter>(app.Services, empty, intake);
        var queued = ActivatorUtilities.CreateInstance<QueuedJobs>(
            app.Services, ActivatorUtilities.CreateInstance<QueuedBatches>(app.Services, starter));
        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => queued.TakeAsync(app.Client, "m1", """{"batch":{"blob":"darkroom-inbox/a.txt","contentType":"text/plain"}}""", default));
        Assert.Equal("ContainerNotFound", failure.ErrorCode);
        // A missing input blob can never be read, so the message is put aside immediately and not retried.
        await queued.TakeAsync(app.Client, "m2", """{"batch":{"blob":"darkroom-inbox/b.txt","contentType":"text/plain"}}""", default);
        Assert.NotNull((await app.Services.GetRequiredService<StorageQueues>().Poison.PeekMessageAsync()).Value);
    }
}
