using Azure.Storage.Blobs;
using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Thumbnails;
using Darkroom.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Jobs.Thumbnails;

/// <summary>Thumbnails in storage: made with the picture, made again if they are missing, and purged with it.</summary>
public sealed class PictureThumbnailsTests(AppOnTaskHub app) : IClassFixture<AppOnTaskHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PictureThumbnails Thumbnails => app.Services.GetRequiredService<PictureThumbnails>();

    [Fact]
    public async Task Save_Picture_StoresItsThumbnailOnce()
    {
        var (_, picture) = await DoneAsync();
        var blob = BlobOf(picture.ThumbnailBlob);
        var stored = (await blob.DownloadContentAsync(Token)).Value;
        Assert.Equal("image/webp", stored.Details.ContentType);
        Assert.Contains("immutable", stored.Details.CacheControl, StringComparison.Ordinal);
        var found = Assert.IsType<ThumbnailAnswer.Found>(await Thumbnails.GetAsync(picture, Token));
        Assert.Equal(stored.Content.ToArray(), found.WebP.ToArray());
        await Thumbnails.TryMakeAsync(picture, Token);
        Assert.Equal(stored.Details.ETag, (await blob.GetPropertiesAsync(cancellationToken: Token)).Value.ETag);
    }

    [Fact]
    public async Task Get_ThumbnailIsMissing_MakesItAgain()
    {
        var (_, picture) = await DoneAsync();
        var blob = BlobOf(picture.ThumbnailBlob);
        await blob.DeleteAsync(cancellationToken: Token);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Thumbnails.GetAsync(picture, Token)));
        var stored = (await blob.DownloadContentAsync(Token)).Value.Content.ToArray();
        Assert.All(all, one => Assert.Equal(stored, Assert.IsType<ThumbnailAnswer.Found>(one).WebP.ToArray()));
    }

    [Fact]
    public async Task Get_PictureIsDeleted_IsGone()
    {
        var (_, picture) = await DoneAsync();
        await BlobOf(picture.ThumbnailBlob).DeleteAsync(cancellationToken: Token);
        await BlobOf(picture.Blob).DeleteAsync(cancellationToken: Token);
        Assert.IsType<ThumbnailAnswer.PictureGone>(await Thumbnails.GetAsync(picture, Token));
        await Thumbnails.TryMakeAsync(picture, Token);
    }

    [Fact]
    public async Task Get_UndecodablePicture_IsDecodedOnlyOnce()
    {
        var (_, picture) = await DoneAsync();
        await BlobOf(picture.ThumbnailBlob).DeleteAsync(cancellationToken: Token);
        await BlobOf(picture.Blob).UploadAsync(BinaryData.FromBytes(new byte[picture.Bytes]), overwrite: true, Token);
        Assert.IsType<ThumbnailAnswer.None>(await Thumbnails.GetAsync(picture, Token));
        await BlobOf(picture.Blob).DeleteAsync(cancellationToken: Token);
        Assert.IsType<ThumbnailAnswer.None>(await Thumbnails.GetAsync(picture, Token));
    }

    [Fact]
    public async Task Delete_FolderOfAJob_DeletesItsThumbnails()
    {
        var (ticket, picture) = await DoneAsync();
        await app.Services.GetRequiredService<PictureStore>().DeleteAsync(FileNames.FolderOf(ticket.JobId, ticket.CreatedAt), Token);
        Assert.False((await BlobOf(picture.ThumbnailBlob).ExistsAsync(Token)).Value);
    }

    [Fact]
    public async Task DeleteIfOrphan_PictureWasPurgedMeanwhile_DeletesTheThumbnail()
    {
        var (_, picture) = await DoneAsync();
        var store = app.Services.GetRequiredService<ThumbnailStore>();
        await store.DeleteIfOrphanAsync(picture, Token);
        Assert.True((await BlobOf(picture.ThumbnailBlob).ExistsAsync(Token)).Value);
        await BlobOf(picture.Blob).DeleteAsync(cancellationToken: Token);
        await store.DeleteIfOrphanAsync(picture, Token);
        Assert.False((await BlobOf(picture.ThumbnailBlob).ExistsAsync(Token)).Value);
    }

    [Fact]
    public async Task Job_StorageOfThumbnailsFails_Succeeds()
    {
        // A canceled token stands for any failure: the call must not throw.
        var (_, picture) = await DoneAsync();
        await Thumbnails.TryMakeAsync(picture with { Blob = "no/such.png" }, Token);
        await Thumbnails.TryMakeAsync(picture, new CancellationToken(canceled: true));
    }

    private BlobClient BlobOf(string name) => app.Services.GetRequiredService<Containers>().Pictures.GetBlobClient(name);

    private async Task<(JobTicket Ticket, SavedPicture Picture)> DoneAsync()
    {
        var id = await app.StartPictureAsync("a small copy");
        await app.Hub.RunUntilEndAsync(id);
        var job = (await JobReader.TryGetAsync(app.Client, id, Token))!;
        return (job.Ticket, job.State.Pictures[0]);
    }
}
