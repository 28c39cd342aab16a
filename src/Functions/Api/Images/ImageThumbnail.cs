using System.Security.Cryptography;
using Darkroom.Jobs.Thumbnails;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Net.Http.Headers;

namespace Darkroom.Api.Images;

/// <summary>
/// <c>GET /api/images/{id}/files/{n}/thumbnail</c>: a small copy of a picture, for lists. It is made when the picture is saved; if that did
/// not happen, the first request makes it.
/// </summary>
public sealed class ImageThumbnail(PictureAnswers pictures, PictureThumbnails thumbnails)
{
    [Function("ImageThumbnail")]
    public async Task<IResult> ThumbnailAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/images/{id}/files/{n}/thumbnail")] HttpRequest request,
        string id, string n, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (picture, refusal) = await pictures.FindAsync(client, request, id, n, cancellation);
        if (picture is null)
            return refusal!;
        return await thumbnails.GetAsync(picture, cancellation) switch
        {
            ThumbnailAnswer.Found found => File(request, found.WebP),
            ThumbnailAnswer.None none =>
                Problem.NotFound($"Picture {picture.Index} has no thumbnail. {none.Reason} Use the picture itself."),
            ThumbnailAnswer.PictureGone => Problem.PictureGone(picture.Index),
            _ => Problem.TooManyThumbnails(),
        };
    }

    private static IResult File(HttpRequest request, BinaryData webP)
    {
        request.HttpContext.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        var hash = Convert.ToHexStringLower(SHA256.HashData(webP.ToMemory().Span));
        return Results.Bytes(
            webP.ToMemory(), "image/webp", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"sha256-{hash}\""));
    }
}
