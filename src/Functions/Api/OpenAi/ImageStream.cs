using System.Text.Json;
using Darkroom.Api.Events;
using Darkroom.Jobs.Calls;
using Darkroom.Jobs.Poll;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.OpenAi;

/// <summary>
/// A stream of events: one for each picture when the job has ended, or one with the error. Until then a comment every 15 seconds keeps the
/// connection open.
/// </summary>
/// <param name="start">The call.</param>
/// <param name="outcome">Waits for the job.</param>
/// <param name="pictures">The saved pictures.</param>
/// <param name="time">The clock.</param>
internal sealed class ImageStream(
    CallStart.Started start,
    Func<CancellationToken, Task<ImageOutcome>> outcome,
    StoredPictures pictures,
    TimeProvider time) : StreamedResult
{
    protected override async Task WriteAsync(HttpContext http, CancellationToken aborted)
    {
        var response = http.Response;
        OpenAiError.ForbidRetry(response, isForbidden: false);
        EventStream.Prepare(http);
        var ends = TryState.Answered;
        switch (await WaitAsync(response, aborted))
        {
            case ImageOutcome.Pictures { Saved: var saved }:
                foreach (var picture in saved)
                    await WriteAsync(response.Body, picture, aborted);
                break;
            case ImageOutcome.Failed failed:
                ends = failed.Ends;
                var error = JsonSerializer.Serialize(failed.Error.Body, OpenAiError.WithNulls);
                await response.WriteAsync($"event: error\ndata: {error}\n\n", aborted);
                break;
        }

        await response.CompleteAsync();
        start.Call.Sent(ends, http);
    }

    private async Task<ImageOutcome> WaitAsync(HttpResponse response, CancellationToken cancellation)
    {
        var ended = outcome(cancellation);
        do
        {
            // The first comment comes at once, so that the client gets the status and the headers.
            await response.Body.WriteAsync(EventStream.Comment, cancellation);
            await response.Body.FlushAsync(cancellation);
            await ((Task)ended).WaitAsync(EventStream.LongestSilence, time, cancellation).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
        while (!ended.IsCompleted);
        return await ended;
    }

    private async Task WriteAsync(Stream body, SavedPicture picture, CancellationToken cancellation)
    {
        var name = start.Form.IsEdit ? "image_edit.completed" : "image_generation.completed";
        await using var bytes = await pictures.OpenAsync(picture, start.Form.Format, cancellation);
        await body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"event: {name}\ndata: "), cancellation);
        await using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("type", name);
            json.WriteNumber("created_at", time.GetUtcNow().ToUnixTimeSeconds());
            json.WriteString("background", "auto");
            json.WriteString("quality", "auto");
            PictureJson.WriteFacts(json, picture, StoredPictures.ContentTypeOf(picture, start.Form.Format));
            PictureJson.WriteUsage(json);
            await PictureJson.WriteBase64Async(json, bytes, cancellation);
            json.WriteEndObject();
        }

        await body.WriteAsync("\n\n"u8.ToArray(), cancellation);
        await body.FlushAsync(cancellation);
    }
}
