using System.Text.Json.Nodes;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Scenarios;

/// <summary>The format of upstream's answers. The default is the current format of the service.</summary>
public sealed record Dialect
{
    /// <summary>The field that holds the state.</summary>
    public string StateField { get; init; } = "task_status";

    /// <summary>The state of a task that waits for a slot.</summary>
    public string Waiting { get; init; } = "PENDING";

    /// <summary>The state of a task that runs.</summary>
    public string Working { get; init; } = "RUNNING";

    /// <summary>The state of a task that has succeeded.</summary>
    public string Done { get; init; } = "SUCCEED";

    /// <summary>The state of a task that has failed.</summary>
    public string Failed { get; init; } = "FAILED";

    /// <summary>Creates the answer to an accepted submit.</summary>
    public Func<SimulatedTask, JsonObject> Accepted { get; init; } = task =>
        new() { ["task_id"] = task.Id, ["request_id"] = task.RequestId };

    /// <summary>Adds the pictures to the answer for a task that has succeeded.</summary>
    public Action<JsonObject, SimulatedTask, IReadOnlyList<string>> WritePictures { get; init; } =
        (answer, _, links) => answer["output_images"] = new JsonArray([.. links]);

    /// <summary>Adds the reason to the answer for a task that has failed. The number is the number of the look.</summary>
    public Action<JsonObject, int> WriteReason { get; init; } =
        (answer, _) => answer["errors"] = new JsonObject { ["code"] = 500, ["message"] = "generation failed" };

    /// <summary>Whether the answer for a task that has succeeded has the input and the run time.</summary>
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
