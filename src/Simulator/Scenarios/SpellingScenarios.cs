using System.Text.Json.Nodes;
using Darkroom.Simulator.Pictures;
using Darkroom.Simulator.Tasks;

namespace Darkroom.Simulator.Scenarios;

/// <summary>
/// The answer formats from documents and public code. seed-000 to seed-004 are the five documents that the project started from.
/// </summary>
internal static class SpellingScenarios
{
    private static readonly string[] DoneWords = ["SUCCEED", "SUCCEEDED", "SUCCESS", "DONE"];
    private static readonly string[] RunningWords = ["PENDING", "RUNNING", "PROCESSING", "QUEUED", "QUEUING", "STARTED", "DREAMING"];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("seed-000", "the state is in \"status\", in lower case; the picture is in result.url")
        {
            Spells = dialect => dialect with
            {
                StateField = "status", Waiting = "pending", Working = "processing", Done = "succeeded", Failed = "failed", Details = false,
                WritePictures = (answer, _, links) => answer["result"] = new JsonObject { ["url"] = links[0] },
                WriteReason = (answer, _) => answer["error"] = "Generation failed",
            },
        },
        new("seed-001", "only task_status and output_images, no details") { Spells = dialect => dialect with { Details = false } },
        new("seed-002", "time_taken beside the pictures")
        {
            Spells = dialect => dialect with
            {
                Details = false,
                WritePictures = (answer, task, links) =>
                {
                    answer["output_images"] = Array(links);
                    answer["time_taken"] = task.Duration.TotalMilliseconds;
                },
            },
        },
        new(
            "seed-003",
            "the reason of a failure is a string") { Spells = dialect =>
                dialect with { Details = false, WriteReason = (answer, _) => answer["error"] = "out of memory" } },
        new("seed-004", "the answer to the submit has the state SUCCEED, although the task has not ended")
        {
            Spells = dialect => dialect with
            {
                Accepted = task => new() { ["task_status"] = "SUCCEED", ["task_id"] = task.Id, ["request_id"] = task.RequestId },
            },
        },
        new(
            "numeric-task-id",
            "the task id is a number") { Spells = dialect =>
                dialect with { Accepted = task => new() { ["task_id"] = long.Parse(task.Id) } } },
        new(
            "images-url",
            "pictures in images[].url") { Spells = Pictures(
                "images", links => [.. links.Select(link => new JsonObject { ["url"] = link })]) },
        new(
            "data-url",
            "pictures in data[].url") { Spells = Pictures("data", links => [.. links.Select(link => new JsonObject { ["url"] = link })]) },
        new("images-base64", "pictures inline in images[].b64_json") { Spells = Inline("images") },
        new("data-base64", "pictures inline in data[].b64_json") { Spells = Inline("data") },
        new("no-state-while-running", "an empty state until the end") { Spells = dialect => dialect with { Waiting = "", Working = "" } },
        new("result-endpoint-json", "success without a picture; the result endpoint has the links") { Spells = NoPictures },
        new("result-endpoint-bytes", "success without a picture; the result endpoint has the picture's bytes") { Spells = NoPictures },
        .. DoneWords.Select(
            word => new Scenario($"done-{word}", $"success is spelled {word}") { Spells = dialect => dialect with { Done = word } }),
        .. RunningWords.Select(
            word =>
                new Scenario(
                    $"running-{word}",
                    $"running is spelled {word}") { Spells = dialect => dialect with { Waiting = word, Working = word } }),
    ];

    private static Dialect NoPictures(Dialect dialect) => dialect with { WritePictures = (_, _, _) => { } };

    private static Func<Dialect, Dialect> Pictures(string field, Func<IReadOnlyList<string>, JsonArray> list) =>
        dialect => dialect with { WritePictures = (answer, _, links) => answer[field] = list(links) };

    private static Func<Dialect, Dialect> Inline(string field) => dialect => dialect with
    {
        WritePictures = (answer, task, links) =>
            answer[field] = new JsonArray(
                [.. links.Select((_, index) => new JsonObject { ["b64_json"] = Convert.ToBase64String(Bytes(task, index)) })]),
    };

    private static byte[] Bytes(SimulatedTask task, int index)
    {
        using var picture = new MemoryStream();
        PictureFile.Write(task, index, picture);
        return picture.ToArray();
    }

    private static JsonArray Array(IReadOnlyList<string> links) => new([.. links]);
}
