using System.Text.Json.Nodes;

namespace Darkroom.Simulator.Scenarios;

/// <summary>Scenarios in which a task fails, one for each format of the reason and of the state.</summary>
internal static class FailureScenarios
{
    private const string Reason = "CUDA out of memory";

    private static readonly string[] FailedWords = ["FAILED", "failed", "ERROR", "CANCEL", "CANCELED", "CANCELLED"];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Failed(
            "failed-errors",
            "reason in errors.message with a code",
            (answer, _) => answer["errors"] = new JsonObject { ["code"] = 500, ["message"] = Reason }),
        Failed("failed-error-string", "reason as the string error", (answer, _) => answer["error"] = Reason),
        Failed(
            "failed-error-object",
            "reason in error.message",
            (answer, _) => answer["error"] = new JsonObject { ["code"] = "InternalError", ["message"] = Reason }),
        Failed("failed-message", "reason in message", (answer, _) => answer["message"] = Reason),
        Failed("failed-error-message", "reason in error_message", (answer, _) => answer["error_message"] = Reason),
        Failed("failed-error-msg", "reason in error_msg", (answer, _) => answer["error_msg"] = Reason),
        Failed("failed-detail", "reason in detail", (answer, _) => answer["detail"] = Reason),
        Failed("failed-late-reason", "no reason on the first look, one on the second", (answer, look) =>
            answer["errors"] = new JsonObject { ["code"] = look < 2 ? 0 : 500, ["message"] = look < 2 ? "" : Reason }),
        Failed("failed-silently", "never a reason", (answer, _) => answer["errors"] = new JsonObject { ["code"] = 0, ["message"] = "" }),
        Failed(
            "failed-moderated",
            "the picture was refused by moderation",
            (answer, _) => answer["errors"] = new JsonObject { ["code"] = 400, ["message"] = "图片未通过审核" }),
        .. FailedWords.Select(word => new Scenario($"fails-as-{(word == "failed" ? "lower-case" : word)}", $"failure is spelled {word}")
        {
            Fails = true, Spells = dialect => dialect with { Failed = word },
        }),
    ];

    private static Scenario Failed(string name, string about, Action<JsonObject, int> writeReason) =>
        new(name, about) { Fails = true, Spells = dialect => dialect with { WriteReason = writeReason } };
}
