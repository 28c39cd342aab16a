using Darkroom.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.OpenAi;

/// <summary><c>POST /v1/images/generations</c>: generates pictures for clients of the OpenAI API.</summary>
public sealed class PostGenerations(ImageCalls calls, ImageResponses responses, DarkroomSettings settings)
{
    [Function("OpenAiGenerations")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/images/generations")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        RequestBodies.AnswerAsync(request, () => AnswerAsync(request, client, cancellation), cancellation);

    private async Task<IResult> AnswerAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        var (body, refusal) = await RequestBodies.ReadJsonAsync(request, cancellation);
        if (body is null)
            return refusal!;
        OpenAiReading reading;
        using (body)
            reading = OpenAiReader.Read(OpenAiJson.Fields(body.RootElement), pictures: null, settings.DefaultModel);
        var start = await calls.StartAsync(request, client, reading, cancellation);
        return await responses.AnswerAsync(request, client, start, cancellation);
    }
}
