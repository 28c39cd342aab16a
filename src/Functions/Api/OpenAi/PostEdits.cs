using Darkroom.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.OpenAi;

/// <summary><c>POST /v1/images/edits</c>: edits pictures for clients of the OpenAI API.</summary>
public sealed class PostEdits(ImageCalls calls, ImageResponses responses, DarkroomSettings settings)
{
    [Function("OpenAiEdits")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/images/edits")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RequestBodies.AnswerAsync(request, () => AnswerAsync(request, client, cancellation), cancellation);

    // The pictures of the request are in memory until the job is started, and not while the client waits.
    private async Task<IResult> AnswerAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        var start = await StartAsync(request, client, cancellation);
        return await responses.AnswerAsync(request, client, start, cancellation);
    }

    private async Task<CallStart> StartAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation) =>
        await EditForm.ReadAsync(request, cancellation) switch
        {
            EditFormReading.Read read => await calls.StartAsync(
                request, client, OpenAiReader.Read(read.Fields, read.Pictures, settings.DefaultModel), cancellation),
            EditFormReading.Refused refused => new CallStart.Refused(refused.Problem),
            _ => throw new InvalidOperationException("There are no other results."),
        };
}
