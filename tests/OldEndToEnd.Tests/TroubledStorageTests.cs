using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Darkroom.Bulk;
using Darkroom.Functions.Tests.EndToEnd;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Darkroom.Storage;
using Darkroom.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Bulk;

/// <summary>What storage holds otherwise than it was left, or does not hold.</summary>
public sealed class TroubledStorageTests(AppInProcess app) : IClassFixture<AppInProcess>
{
    [Fact]
    public async Task An_item_that_passes_the_rules_no_more_becomes_an_error_and_stops_nobody()
    {
        var (id, store) = (JobIds.New(), app.Services.GetRequiredService<BatchStore>());
        var items = BatchStore.NameOf(id, "items.jsonl");
        var good = new System.Buffers.ArrayBufferWriter<byte>();
        new BatchItem(2, 0, CustomId: null, new JobRequest { Image = new ImageRequest { Prompt = Workshop.NewPrompt("good") } }).WriteTo(good);
        using var lines = new MemoryStream([.. """{"line":1,"index":0,"customId":"c","request":{"prompt":""}}"""u8, (byte)'\n', .. good.WrittenSpan]);
        await store.Blob(items).UploadAsync(lines);

        var start = ActivatorUtilities.CreateInstance<StartItems>(app.Services);
        var started = await start.RunAsync(new StartOrder(id, items, From: 0, Count: 10, DateTime.UtcNow), app.Client, default);
        Assert.Equal(["1.0", "2.0"], started.Keys);
        await app.Client.WaitForInstanceCompletionAsync(BatchItem.JobIdOf(id, "2.0"));

        var results = ActivatorUtilities.CreateInstance<WriteResults>(app.Services);
        var written = await results.RunAsync(new WriteOrder(id, started.Keys, ResultsAt: 0, ErrorsAt: 0), app.Client, default);
        Assert.Equal((1, 1, 0), (written.Succeeded, written.Failed, written.StillRunning.Count));
        var errors = await app.Services.GetRequiredService<Containers>().Jobs.GetBlobClient(BatchStore.NameOf(id, "errors.jsonl")).DownloadContentAsync();
        Assert.Contains("#internal", errors.Value.Content.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_is_no_json_any_more_is_given_up_like_others()
    {
        var (id, store) = (JobIds.New(), app.Services.GetRequiredService<BatchStore>());
        var items = BatchStore.NameOf(id, "items.jsonl");
        using var lines = new MemoryStream("""{"line":1,"index":0,"request":{"prompt":"""u8.ToArray());
        await store.Blob(items).UploadAsync(lines);
        var results = ActivatorUtilities.CreateInstance<WriteResults>(app.Services);
        Assert.Equal(1, (await results.GiveUpItems(new GiveUpOrder(id, items, From: 0, Count: 10, ResultsAt: 0, ErrorsAt: 0), default)).Written.Canceled);
    }

    [Fact]
    public async Task Only_the_senders_blob_can_be_no_such_blob()
    {
        var storage = app.Services.GetRequiredService<BlobServiceClient>();
        var inbox = storage.GetBlobContainerClient("inbox");
        await inbox.CreateIfNotExistsAsync();
        await inbox.GetBlobClient("a.txt").UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes("a cat\n")), overwrite: true);

        // A storage whose containers are gone.
        var empty = new BatchStore(new Containers(new BlobServiceClient((await Azurite.StartAnotherAsync()).ConnectionString)));
        var intake = ActivatorUtilities.CreateInstance<BatchIntake>(app.Services, empty);
        var starter = ActivatorUtilities.CreateInstance<BatchStarter>(app.Services, empty, intake);
        var queued = ActivatorUtilities.CreateInstance<QueuedJobs>(app.Services, starter);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => queued.TakeAsync(app.Client, "m1", """{"batch":{"blob":"inbox/a.txt","contentType":"text/plain"}}""", default));
        Assert.Equal("ContainerNotFound", failure.ErrorCode);
        // It is put aside at once, and nothing is thrown.
        await queued.TakeAsync(app.Client, "m2", """{"batch":{"blob":"inbox/b.txt","contentType":"text/plain"}}""", default);
    }
}
