using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Jobs.Poll;
using Darkroom.ModelScope;
using Darkroom.ModelScope.Requests;
using Darkroom.Storage;
using Darkroom.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Jobs.Poll;

public sealed class PictureStoreTests(AppOnTaskHub app) : IClassFixture<AppOnTaskHub>
{
    [Fact]
    public async Task Save_TwoUploadsOfTheSameName_DoNotMixTheirBytes()
    {
        var token = TestContext.Current.CancellationToken;
        app.Upstream.Scenarios.Assign("fifty-megabytes", "large");
        var upstream = app.Services.GetRequiredService<ModelScopeClient>();
        var submitted = await upstream.SubmitAsync(new ImageRequest { Prompt = "large" }, token);
        var task = await upstream.GetTaskAsync(submitted.TaskId, token);
        var connection = (await Azurite.SharedAsync()).NewAccount();
        var options = new BlobClientOptions();
        options.AddPolicy(new OtherUpload(new BlobServiceClient(connection)), HttpPipelinePosition.PerCall);
        var containers = new Containers(new BlobServiceClient(connection, options));
        await containers.CreateAsync(token);

        await using var picture = await upstream.OpenPictureAsync(task.Pictures[0], token);
        var saved = await new PictureStore(containers).SaveAsync(picture, "a/large", 0, new PictureOrigin(submitted.TaskId, 1), token);
        await using var content = await containers.Pictures.GetBlobClient(saved.Blob).OpenReadAsync(cancellationToken: token);
        Assert.Equal(saved.Sha256, Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(content, token)));
    }

    // Right before the block list is committed, another upload stages its first blocks under the same name.
    private sealed class OtherUpload(BlobServiceClient storage) : HttpPipelinePolicy
    {
        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal))
            {
                var address = new BlobUriBuilder(message.Request.Uri.ToUri());
                var blob = storage.GetBlobContainerClient(address.BlobContainerName).GetBlockBlobClient(address.BlobName);
                var known = (await blob.GetBlockListAsync()).Value.UncommittedBlocks.Select(block => block.Name).ToArray();
                for (var number = 0; number < 2; number++)
                {
                    // These ids contain only the block number, as an upload without unique ids would use. All block ids of a blob must have
                    // the same length.
                    var id = new byte[Convert.FromBase64String(known[0]).Length];
                    BitConverter.TryWriteBytes(id.AsSpan(id.Length - sizeof(int)), number);
                    await blob.StageBlockAsync(Convert.ToBase64String(id), new MemoryStream([1, 2, 3]));
                }
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
    }
}
