using System.Text.Json;
using Darkroom.Jobs;
using Darkroom.Jobs.Calls;
using Darkroom.Jobs.Poll;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.OpenAi;

/// <summary>A response with the pictures of a job, as addresses or as base64.</summary>
/// <param name="start">The call.</param>
/// <param name="job">The job.</param>
/// <param name="saved">Its pictures.</param>
/// <param name="first">The bytes of the first picture if the response has base64, opened before the status is sent.</param>
/// <param name="pictures">Opens the other pictures.</param>
internal sealed class ImagesResult(
    CallStart.Started start, JobRecord job, IReadOnlyList<SavedPicture> saved, Stream first, StoredPictures pictures) : StreamedResult
{
    protected override async Task WriteAsync(HttpContext http, CancellationToken aborted)
    {
        var format = start.Form.Format;
        OpenAiError.ForbidRetry(http.Response, isForbidden: false);
        http.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(http.Response.Body))
        {
            json.WriteStartObject();
            json.WriteNumber("created", new DateTimeOffset(job.CreatedAt, TimeSpan.Zero).ToUnixTimeSeconds());
            PictureJson.WriteFacts(json, saved[0], StoredPictures.ContentTypeOf(saved[0], format));
            PictureJson.WriteUsage(json);
            json.WriteStartArray("data");
            foreach (var picture in saved)
            {
                json.WriteStartObject();
                if (start.Form.IsBase64)
                    await WriteAsync(json, picture, aborted);
                else
                    json.WriteString("url", PictureAddress.Of(http.Request, job.Ticket.JobId, picture, format));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await http.Response.CompleteAsync();
        start.Call.Sent(TryState.Answered, http);
    }

    private async Task WriteAsync(Utf8JsonWriter json, SavedPicture picture, CancellationToken aborted)
    {
        await using var bytes = picture == saved[0] ? first : await pictures.OpenAsync(picture, start.Form.Format, aborted);
        await PictureJson.WriteBase64Async(json, bytes, aborted);
    }
}
