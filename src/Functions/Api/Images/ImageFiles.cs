using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Net.Http.Headers;

namespace Darkroom.Api.Images;

/// <summary><c>GET /api/images/{id}/files/{n}</c> and <c>/sidecar</c>: the pictures and their sidecars.</summary>
public sealed class ImageFiles(PictureAnswers pictures, Containers containers, BlobServiceClient storage, TimeProvider time)
{
    private static readonly TimeSpan LinkLives = TimeSpan.FromMinutes(10);

    /// <summary>Streams a picture. Supports ranges and conditional requests.</summary>
    [Function("ImageFile")]
    public async Task<IResult> FileAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/images/{id}/files/{n}")] HttpRequest request,
        string id, string n, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (picture, refusal) = await pictures.FindAsync(client, request, id, n, cancellation);
        if (picture is null)
            return refusal!;

        var blob = containers.Pictures.GetBlobClient(picture.Blob);
        if (request.Query["download"] == "sas")
            return Results.Redirect((await LinkAsync(blob, cancellation)).AbsoluteUri);

        var headers = request.HttpContext.Response.GetTypedHeaders();
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(Path.GetFileName(picture.Blob));
        headers.ContentDisposition = disposition;
        headers.CacheControl = new CacheControlHeaderValue { Private = true, MaxAge = TimeSpan.FromDays(365) };
        ResponseTimeout.Limit(request.HttpContext, time);
        try
        {
            var stream = await blob.OpenReadAsync(
                new BlobOpenReadOptions(allowModifications: false) { BufferSize = 1 << 20 }, cancellation);
            return Results.Stream(
                stream,
                picture.ContentType,
                fileDownloadName: null,
                lastModified: null,
                new EntityTagHeaderValue($"\"sha256-{picture.Sha256}\""),
                enableRangeProcessing: true);
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return Problem.PictureGone(picture.Index);
        }
    }

    [Function("ImageSidecar")]
    public async Task<IResult> SidecarAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/images/{id}/sidecar")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (picture, refusal) = await pictures.FindAsync(client, request, id, request.Query["index"].ToString(), cancellation);
        if (picture is null)
            return refusal!;
        try
        {
            var facts = await containers.Pictures.GetBlobClient(picture.SidecarBlob).DownloadContentAsync(cancellation);
            return Results.Text(facts.Value.Content.ToString(), "application/json");
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return Problem.PictureGone(picture.Index);
        }
    }

    // Signs with the account key if there is one, as in local storage; otherwise with a user delegation key, valid for some minutes.
    private async Task<Uri> LinkAsync(BlobClient blob, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var link = new BlobSasBuilder(
            BlobSasPermissions.Read,
            now + LinkLives)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = now.AddMinutes(-5)
        };
        if (blob.CanGenerateSasUri)
            return blob.GenerateSasUri(link);
        var key = await storage.GetUserDelegationKeyAsync(now.AddMinutes(-5), now + LinkLives, cancellation);
        return new BlobUriBuilder(blob.Uri) { Sas = link.ToSasQueryParameters(key.Value, storage.AccountName) }.ToUri();
    }
}
