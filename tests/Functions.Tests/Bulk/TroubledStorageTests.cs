using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Darkroom.Bulk;
using Darkroom.Functions.Tests.EndToEnd;
using Darkroom.Storage;
using Darkroom.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Bulk;

/// <summary>What storage holds otherwise than it was left, or does not hold.</summary>
public sealed class TroubledStorageTests(AppInProcess app) : IClassFixture<AppInProcess>
{
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
