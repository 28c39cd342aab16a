using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Darkroom.Simulator.Scenarios;

namespace Darkroom.EndToEnd;

/// <summary>
/// Checks the guarantees of batches on a large one. The suite runs a short form. The long form is the same test with other numbers:
/// DARKROOM_BULK_ITEMS=10000 DARKROOM_BULK_KILLS=20 … -class "*BatchProofTests" -showLiveOutput.
/// </summary>
[Collection(BulkApp.Name)]
public sealed class BatchProofTests(BulkApp app, ITestOutputHelper output)
{
    private static readonly int Items = Number("DARKROOM_BULK_ITEMS", 120);
    private static readonly int Kills = Number("DARKROOM_BULK_KILLS", 1);

    [Fact]
    public Task Batch_WithFailures_WritesOneLinePerItem() => ProveAsync(kills: 0);

    [Fact]
    public Task Batch_AppKilledRepeatedly_WritesOneLinePerItem() => ProveAsync(Kills);

    private async Task ProveAsync(int kills)
    {
        var failing = Items / 20;
        var prompt = TestApp.NewPrompt("proof");
        app.Upstream.Scenarios.Clear(seed: 7);
        app.Upstream.Scenarios.Assign(new Assignment("bad-parameter") { Prompt = $"{prompt} bad" });
        app.Upstream.Scenarios.Assign(new Assignment("busy-until") { Prompt = $"{prompt} good", Chance = 0.01 });
        app.Upstream.Scenarios.Assign(new Assignment("throttled") { Prompt = $"{prompt} good", Chance = 0.0005 });

        var started = TimeProvider.System.GetTimestamp();
        var batch = await app.PostBatchAsync(Lines(prompt, failing), key: $"key-{prompt.GetHashCode(StringComparison.Ordinal)}");
        var (longest, killed) = (0, 0);
        var memory = new SortedDictionary<int, long>();
        var looks = 0;
        JsonObject end;
        while (true)
        {
            end = await app.EndOfBatchOrAsync(batch, until: now => Done(now) > Items * (killed + 1) / (kills + 1), LookAsync);
            if (TestApp.StatusOf(end) == "finished")
                break;
            if (killed >= kills)
                continue;
            killed++;
            await app.CrashAsync();
        }

        async Task LookAsync(JsonObject now)
        {
            memory[Done(now)] = app.Host!.Memory;
            if (looks++ % 3 == 0)
                longest = Math.Max(longest, await HistoryOfAsync(batch));
        }

        var took = TimeProvider.System.GetElapsedTime(started);
        Tell(
            $"{Items} items, {killed} kills: {took.TotalSeconds:0} s, {took.TotalMilliseconds / Items:0.0} ms an item; longest history "
                + $"seen {longest} events; memory {Megabytes(memory, Items / 10):0} MB at a tenth, {Megabytes(memory, Items):0} MB at "
                    + $"the end; unknown {end["unknown"]}");
        var refused = await AssertLinesAsync(batch, end, failing, kills);
        var accepted = app.Upstream.Tasks.All.Where(task => task.Body.Prompt.StartsWith(prompt, StringComparison.Ordinal))
            .Select(task => task.Body.Prompt)
            .ToArray();
        Assert.Equal(accepted.Length, accepted.Distinct(StringComparer.Ordinal).Count());
        // One lucky look proves nothing.
        Assert.True(looks >= 9, $"The history was looked at only {looks / 3} times.");
        Assert.InRange(longest, 1, 600);
        await AssertRetryAsync(batch, refused);
    }

    private async Task<int> AssertLinesAsync(JsonObject batch, JsonObject end, int failing, int kills)
    {
        var results = await app.LinesAsync(batch, "results");
        var errors = await app.LinesAsync(batch, "errors");
        Assert.Equal(Enumerable.Range(1, Items), results.Concat(errors).Select(line => line["line"]!.GetValue<int>()).Order());
        Assert.Equal((results.Count, errors.Count), (end.Count("succeeded"), end.Count("failed")));
        var unknown = errors.Count(line => line["error"]!["type"]!.GetValue<string>() == "/docs/errors#submission-unknown");
        Assert.Equal(end["unknown"]!.GetValue<int>(), unknown);
        // A kill during a submit leaves an item with an unknown outcome. It may be one of the items that would have been refused.
        var refused = errors.Count(line => line["error"]!["type"]!.GetValue<string>() == "/docs/errors#invalid-request");
        Assert.InRange(refused, failing - unknown, failing);
        Assert.Equal(refused + unknown, errors.Count);
        // Each kill can hit at most one submit per slot.
        Assert.InRange(unknown, 0, kills * TestApp.UsualSlots);
        return refused;
    }

    private async Task AssertRetryAsync(JsonObject batch, int failing)
    {
        app.Upstream.Scenarios.Clear();
        var before = app.Upstream.Counters.Submits;
        using var answer = await app.SendAsync(HttpMethod.Post, $"api/batches/{TestApp.IdOf(batch)}/retry");
        var child = await app.ReadAsync(answer, System.Net.HttpStatusCode.Accepted);
        Assert.Equal(failing, child["total"]!.GetValue<int>());
        var end = await app.EndOfBatchAsync(child);
        Assert.Equal(failing, end.Count("succeeded"));
        Assert.Equal(failing, app.Upstream.Counters.Submits - before);
        Assert.Equal(TestApp.IdOf(batch), end["parent"]!.GetValue<string>());
        Assert.Equal([TestApp.IdOf(child)], (await app.BatchAsync(batch))["children"]!.AsArray().Select(one => one!.GetValue<string>()));
    }

    private static string Lines(string prompt, int failing)
    {
        var lines = new StringBuilder();
        for (var line = 1; line <= Items; line++)
            lines.Append(
                CultureInfo.InvariantCulture,
                $"{{\"prompt\":\"{prompt} {(line % 20 == 0 && line / 20 <= failing ? "bad" : "good")} {line}\",\"size\":\"64x64\",\"customId\":\"c{line}\"}}\n");
        return lines.ToString();
    }

    private async Task<int> HistoryOfAsync(JsonObject batch)
    {
        using var answer = await app.Http.GetAsync($"runtime/webhooks/durabletask/instances/{TestApp.IdOf(batch)}?showHistory=true");
        // The history is empty right after the orchestration has continued as new.
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["historyEvents"]?.AsArray().Count ?? 0;
    }

    private void Tell(string figures)
    {
        output.WriteLine(figures);
        if (Environment.GetEnvironmentVariable("DARKROOM_BULK_REPORT") is { Length: > 0 } file)
            File.AppendAllText(file, figures + "\n");
    }

    private static int Done(JsonObject batch) => batch.Count("succeeded") + batch.Count("failed") + batch.Count("canceled");

    private static double Megabytes(SortedDictionary<int, long> memory, int at) =>
        memory.Where(one => one.Key >= at).Select(one => one.Value).DefaultIfEmpty(memory.Values.Last()).First() / 1048576.0;

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : otherwise;
}
