using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>Compares each state of a job that a caller sees with the one before.</summary>
internal static class ChaosSeen
{
    /// <summary>Whether the job has ended.</summary>
    public static bool HasEnded(JsonObject job) =>
        TestApp.StatusOf(job) is not ("queued" or "submitting" or "generating" or "saving" or "waitingForCredits");

    /// <summary>How the second state contradicts the first; null if it does not.</summary>
    public static string? Contradiction(JsonObject before, JsonObject now)
    {
        var (attempt, later) = (AttemptOf(before), AttemptOf(now));
        if (later < attempt)
            return $"attempt {attempt} became {later}";
        if (later == attempt && HasEnded(before) && TestApp.StatusOf(before) != TestApp.StatusOf(now))
            return $"the status {TestApp.StatusOf(before)}, which is an end, became {TestApp.StatusOf(now)}";
        if (later == attempt && IsCancelRequested(before) && !IsCancelRequested(now))
            return "a requested cancel is not requested any more";
        var entries = EntriesOf(now).ToDictionary(entry => entry["n"]!.GetValue<int>(), entry => entry.ToJsonString());
        foreach (var entry in EntriesOf(before))
        {
            var number = entry["n"]!.GetValue<int>();
            // The oldest entries of a long timeline are dropped.
            if (number < (entries.Count == 0 ? 0 : entries.Keys.Min()))
                continue;
            if (entries.GetValueOrDefault(number) != entry.ToJsonString())
                return $"entry {number} of the timeline was {entry.ToJsonString()} and is {entries.GetValueOrDefault(number) ?? "missing"}";
        }

        return null;
    }

    public static int AttemptOf(JsonObject job) => job["attempt"]!.GetValue<int>();

    private static bool IsCancelRequested(JsonObject job) => job["cancelRequested"]!.GetValue<bool>();

    private static IEnumerable<JsonObject> EntriesOf(JsonObject job) => job["timeline"]!.AsArray().Select(entry => entry!.AsObject());
}
