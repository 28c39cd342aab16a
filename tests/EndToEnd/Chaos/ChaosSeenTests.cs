using System.Text.Json.Nodes;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>A check that can't fail is none: these states contradict each other.</summary>
public sealed class ChaosSeenTests
{
    [Theory]
    [InlineData("generating", 1, 2, "succeeded", 1, 3, null)]
    [InlineData("failed", 1, 2, "queued", 2, 3, null)]
    [InlineData("succeeded", 1, 3, "succeeded", 1, 3, null)]
    [InlineData("succeeded", 1, 3, "failed", 1, 3, "the status succeeded, which is an end, became failed")]
    [InlineData("succeeded", 1, 3, "generating", 1, 3, "the status succeeded, which is an end, became generating")]
    [InlineData("queued", 2, 3, "queued", 1, 3, "attempt 2 became 1")]
    [InlineData("generating", 1, 3, "generating", 1, 2, "entry 2 of the timeline was")]
    public void Contradiction_TwoStates_IsFound(string before, int attempt, int entries, string now, int later, int more, string? expected)
    {
        var found = ChaosSeen.Contradiction(Job(before, attempt, entries), Job(now, later, more));
        Assert.Equal(expected is null, found is null);
        Assert.StartsWith(expected ?? "", found ?? "", StringComparison.Ordinal);
    }

    private static JsonObject Job(string status, int attempt, int entries) => new()
    {
        ["status"] = status,
        ["attempt"] = attempt,
        ["cancelRequested"] = false,
        ["timeline"] = new JsonArray([.. Enumerable.Range(0, entries).Select(
            n => (JsonNode)new JsonObject { ["n"] = n, ["status"] = "queued", ["stage"] = "x" })]),
    };
}
