using System.Text.Json;
using Darkroom.Api;
using Darkroom.Api.OpenAi;
using Darkroom.Fuzz.Cases;
using Darkroom.Jobs.Poll;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Fuzz.Targets;

/// <summary>The JSON bodies of the HTTP API: jobs, the OpenAI API, and the pause of the gate.</summary>
internal sealed class RequestBodiesTarget : FuzzTarget
{
    private static readonly DateTime Now = new(2026, 11, 30, 0, 0, 0, DateTimeKind.Utc);

    private static readonly WebhookRules Webhooks = new([], hasServiceSecret: true);

    public override string Name => TargetNames.RequestBodies;

    public override IReadOnlyList<string> Words => ["json", "requests"];

    public override async Task RunAsync(byte[] input)
    {
        var http = new DefaultHttpContext { Request = { Body = new Chunks(input, 0, 1000), ContentType = "application/json" } };
        var (body, refusal) = await RequestBodies.ReadJsonAsync(http.Request, CancellationToken.None);
        Rule.Holds(body is null != refusal is null, "A body is read or refused.");
        if (body is null)
            return;
        using (body)
        {
            Read(RequestRules.Read(body.RootElement, ImageRequest.DefaultModel, webhooks: Webhooks));
            var (pause, problems) = PauseBody.Read(body.RootElement, Now);
            Rule.Holds(pause is null == problems.Count > 0, "A pause is read or has problems.");
            var openAi = OpenAiReader.Read(OpenAiJson.Fields(body.RootElement), pictures: null, ImageRequest.DefaultModel);
            if (openAi is OpenAiReading.Valid { Request.Job: var job })
                RequestChecks.Stored(job);
        }
    }

    private static void Read(RequestReading reading)
    {
        Rule.Holds(reading.Request is null == reading.Problems.Count > 0, "A request is read or has problems.");
        if (reading.Request is { } request)
            RequestChecks.Stored(request);
        else
            Problem.Invalid([.. reading.Problems]);
    }
}

/// <summary>What must hold for a valid request.</summary>
internal static class RequestChecks
{
    /// <summary>It can be stored, read back, shown and sent.</summary>
    public static void Stored(JobRequest request)
    {
        var text = CanonicalRequest.Write(request);
        Rule.Holds(CanonicalRequest.Write(CanonicalRequest.Read(text)) == text, "A stored request is read back as it was.");
        var shown = MaskedRequest.Of(text);
        if (request.Webhook?.Secret is { } secret)
            Rule.Holds(!shown.Contains(secret.Reveal(), StringComparison.Ordinal), "A masked request has no secret.");
        using (JsonDocument.Parse(shown))
        using (JsonDocument.Parse(ImageRequestBody.Write(request.ImageOf(request.Count - 1))))
        {
            Rule.Holds(FileNames.Slug(request.Image.Prompt).Length is > 0 and <= 60, "A file name is short.");
        }
    }
}
