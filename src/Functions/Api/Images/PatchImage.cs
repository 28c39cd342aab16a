using System.Text.Json;
using Darkroom.Jobs;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Darkroom.Api.Images;

/// <summary><c>PATCH /api/images/{id}</c>: moves a waiting job to the other lane.</summary>
public sealed class PatchImage(JobAnswers answers)
{
    /// <summary>Moves the job. It keeps its place by arrival: a job that has waited longest is the first in the other lane too.</summary>
    [Function(nameof(PatchImage))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "patch", Route = "api/images/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation) => RequestBodies.AnswerAsync(
            request,
            async () =>
            {
                var (body, refusal) = await RequestBodies.ReadJsonAsync(request, cancellation);
                if (body is null)
                    return refusal!;
                using (body)
                    return await AnswerAsync(request, id, client, body.RootElement, cancellation);
            },
            cancellation);

    private async Task<IResult> AnswerAsync(
        HttpRequest request, string id, DurableTaskClient client, JsonElement body, CancellationToken cancellation)
    {
        var (lane, problems) = Read(body);
        if (lane is not { } wanted)
            return Problem.Invalid([.. problems]);
        var (job, refusal) = await answers.FindAsync(client, request, id, cancellation);
        if (job is null)
            return refusal!;
        if (job.State.Status is not (JobStatus.Queued or JobStatus.WaitingForCredits))
            return Problem.Conflict(
                $"The job is {JsonNamingPolicy.CamelCase.ConvertName($"{job.State.Status}")}. Only a job that waits for a slot can be moved.");

        await client.RaiseEventAsync(id, MoveRequest.EventName, new MoveRequest(wanted), cancellation);
        return await answers.AnswerAsync(client, job with { State = job.State with { Lane = wanted } }, request, cancellation);
    }

    private static (Lane? Lane, IList<FieldProblem> Problems) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return (null, [new FieldProblem("body", "Must be a JSON object with priority.")]);
        var fields = new JsonFields(body);
        Lane? lane = fields.TryTake("priority", out var value) && value.TryGetText(out var word) ? LaneOf(word) : null;
        if (lane is null)
            fields.AddProblem("priority", "Must be \"interactive\" or \"bulk\".");
        foreach (var name in fields.Left.Keys)
            fields.AddProblem(name, "Cannot be changed. Only priority can.");
        return fields.Problems.Count > 0 ? (null, fields.Problems) : (lane, []);
    }

    private static Lane? LaneOf(string word) => word switch
    {
        "interactive" => Lane.Interactive,
        "bulk" => Lane.Bulk,
        _ => null,
    };
}
