using Azure.Storage.Blobs;
using Darkroom.Bulk;
using Darkroom.Storage;
using Darkroom.TestKit;

namespace Darkroom.Functions.Tests.Bulk;

/// <summary>What is taken in can be read back, and what can't is told by its line.</summary>
public sealed class IntakeTests
{
    [Fact]
    public async Task Two_who_write_the_same_blob_at_once_do_not_mix()
    {
        var containers = await ContainersAsync();
        var blob = new BatchStore(containers).Blob($"batches/{Guid.NewGuid()}/input");
        using var first = new BlockUpload(blob);
        using var second = new BlockUpload(blob);
        await first.WriteAsync(Enumerable.Repeat((byte)'a', 5 << 20).ToArray(), default);
        await second.WriteAsync(Enumerable.Repeat((byte)'b', 5 << 20).ToArray(), default);
        Assert.True(await first.TryCommitAsync("text/plain", default));
        Assert.False(await second.TryCommitAsync("text/plain", default));
        Assert.Equal(-1, (await blob.DownloadContentAsync()).Value.Content.ToMemory().Span.IndexOfAnyExcept((byte)'a'));
    }

    private static async Task<Containers> ContainersAsync()
    {
        var containers = new Containers(new BlobServiceClient((await Azurite.SharedAsync()).ConnectionString));
        await containers.CreateAsync(default);
        return containers;
    }
}
