using System.Text.Json.Nodes;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Scenarios;

/// <summary>How upstream spells its answers. The default is what the service answers today.</summary>
public sealed record Dialect
{
    /// <summary>The field that holds the state.</summary>
    public string StateField { get; init; } = "task_status";

    /// <summary>The word while a task waits for a slot.</summary>
    public string Waiting { get; init; } = "PENDING";

    /// <summary>The word while it runs.</summary>
    public string Working { get; init; } = "RUNNING";

    /// <summary>The word when it succeeded.</summary>
    public string Done { get; init; } = "SUCCEED";

    /// <summary>The word when it failed.</summary>
    public string Failed { get; init; } = "FAILED";

    /// <summary>The answer to a submit.</summary>
    public Func<SimulatedTask, JsonObject> Accepted { get; init; } = task =>
        new() { ["task_id"] = task.Id, ["request_id"] = task.RequestId };

    /// <summary>Puts the pictures into the answer of a success.</summary>
    public Action<JsonObject, SimulatedTask, IReadOnlyList<string>> WritePictures { get; init; } =
        (answer, _, links) => answer["output_images"] = new JsonArray([.. links]);

    /// <summary>Puts the reason into the answer of a failure; the number is the look's.</summary>
    public Action<JsonObject, int> WriteReason { get; init; } =
        (answer, _) => answer["errors"] = new JsonObject { ["code"] = 500, ["message"] = "generation failed" };

    /// <summary>Whether a success says what it was made with and how long it took.</summary>
    public bool Details { get; init; } = true;

    internal string Answer(SimulatedTask task, DateTimeOffset now, int look, IReadOnlyList<string> links)
    {
        var answer = new JsonObject { ["task_id"] = task.Id, ["request_id"] = task.RequestId };
        if (now < task.EndsAt)
        {
            answer[StateField] = now < task.BeginsAt ? Waiting : Working;
        }
        else if (task.Twists.Fails)
        {
            answer[StateField] = Failed;
            WriteReason(answer, look);
        }
        else
        {
            answer[StateField] = Done;
            WritePictures(answer, task, links);
            if (Details)
                WriteDetails(answer, task);
        }

        return answer.ToJsonString(JsonForm.Readable);
    }

    private static void WriteDetails(JsonObject answer, SimulatedTask task)
    {
        var milliseconds = task.Duration.TotalMilliseconds;
        answer["time_taken"] = milliseconds;
        answer["input"] = new JsonObject
        {
            ["guidanceScale"] = task.Body.Guidance,
            ["height"] = task.Height,
            ["width"] = task.Width,
            ["negativePrompt"] = task.Body.NegativePrompt,
            ["numInferenceSteps"] = task.Body.Steps,
            ["prompt"] = task.Body.Prompt,
            ["sampler"] = "Euler a",
            ["seed"] = task.Seed,
            ["timeTaken"] = milliseconds,
            ["weight"] = 0,
        };
    }
}
