using System.Globalization;
using Azure;
using Darkroom.Api.Images;
using Darkroom.ModelScope.Pictures;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Net.Http.Headers;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// <c>GET /v1/images/{id}/files/{n}/{format}</c>: a picture in another format than the stored one, for responses with addresses.
/// </summary>
public sealed class ConvertedFile(JobAnswers answers, StoredPictures pictures, TimeProvider time)
{
    private static readonly PictureFormat[] Formats = [PictureFormat.Png, PictureFormat.Jpeg, PictureFormat.WebP];

    [Function("OpenAiFile")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/images/{id}/files/{n}/{format}")] HttpRequest request,
        string id, string n, string format, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (job, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (job is null)
            return refusal!;
        var picture = int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? job.State.Pictures.FirstOrDefault(one => one.Index == index)
            : null;
        if (picture is null || !Array.Exists(Formats, one => PictureAddress.NameOf(one) == format))
            return Problem.NotFound($"The job has no picture {n} in the format {format}.");

        var wanted = Array.Find(Formats, one => PictureAddress.NameOf(one) == format);
        ResponseTimeout.Limit(request.HttpContext, time);
        var headers = request.HttpContext.Response.GetTypedHeaders();
        headers.CacheControl = new CacheControlHeaderValue { Private = true, MaxAge = TimeSpan.FromDays(365) };
        try
        {
            return Results.Stream(
                await pictures.OpenAsync(picture, wanted, cancellation),
                wanted.ContentType(),
                entityTag: new EntityTagHeaderValue($"\"sha256-{picture.Sha256}-{format}\""));
        }
        catch (RequestFailedException missing) when (missing.IsNotFound)
        {
            return Problem.PictureGone(picture.Index);
        }
    }
}
