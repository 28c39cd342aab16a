using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Darkroom.Simulator;
using Darkroom.Simulator.Pictures;

namespace Darkroom.EndToEnd;

/// <summary>
/// Kills the app at random moments while callers retry their requests. This is the short form; <c>DARKROOM_KILLS=200 DARKROOM_JOBS=500</c>
/// runs the full one. <c>DARKROOM_SEED</c> repeats the random choices of a run.
/// </summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class KillTests(ITestOutputHelper output) : TestApp
{
    private const int CallersPerJob = 3;

    // There are few slots, so that jobs are still running at the last kill.
    private const int Slots = 3;
    private const int MaxAnswersBetweenKills = 15;
    private static readonly int Kills = Number("DARKROOM_KILLS", 2);
    private static readonly int Jobs = Number("DARKROOM_JOBS", 40);
    private static readonly int Seed = Number("DARKROOM_SEED", Random.Shared.Next(1, 1_000_000));

    private readonly Channel<bool> _answers = Channel.CreateUnbounded<bool>();
    private volatile Task _restarted = Task.CompletedTask;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Darkroom__Slots"] = $"{Slots}" };

    protected override SimulatorSettings UpstreamSettings => new() { Seconds = 0.15, Spread = 0.5, Slots = 64 };

    [Fact]
    public async Task Jobs_AppKilledRepeatedly_AreNeitherLostNorPaidTwice()
    {
        output.WriteLine($"Seed {Seed}: {Kills} kills, {Jobs} jobs of {CallersPerJob} callers each.");
        var chance = new Random(Seed);
        var prompts = Enumerable.Range(0, Jobs).Select(number => $"killed {Seed} {number}").ToArray();
        var ends = new ConcurrentDictionary<string, JsonObject>();
        var work = Parallel.ForEachAsync(prompts, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (prompt, _) =>
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, CallersPerJob).Select(_ => InsistAsync(prompt)));
            Assert.Single(answers.Select(IdOf).Distinct());
            ends[prompt] = await InsistOnEndAsync(IdOf(answers[0]));
        });

        var killed = 0;
        while (killed < Kills && !work.IsCompleted)
        {
            // The number of answers is random, and jobs are at different steps when one of them is answered, so the kill can hit any step.
            await SeeAnswersAsync(chance.Next(0, MaxAnswersBetweenKills), work);
            await KillAsync();
            killed++;
        }

        await work;
        Assert.True(killed == Kills, $"All was done after {killed} kills: more jobs are needed for {Kills}.");
        var statuses = ends.Values.CountBy(StatusOf).ToDictionary();
        output.WriteLine(string.Join(", ", statuses.Select(status => $"{status.Value} {status.Key}")));
        foreach (var prompt in prompts)
            await CheckAsync(prompt, ends[prompt]);
        await CheckUsageAsync();
        // Each kill can hit at most one submit per slot, and CheckAsync requires that all other jobs succeeded.
        Assert.InRange(statuses.GetValueOrDefault("submissionUnknown"), 0, Kills * Slots);
    }

    // The ledger is what counts. The usage was counted by activities that were killed and ran again.
    private async Task CheckUsageAsync()
    {
        var tasks = 0;
        await foreach (var blob in Storage.GetBlobContainerClient("darkroom-ledger").GetBlobsAsync())
        {
            var content = await Storage.GetBlobContainerClient("darkroom-ledger").GetBlobClient(blob.Name).DownloadContentAsync();
            var entry = JsonNode.Parse(content.Value.Content.ToString())!;
            tasks += entry["taskId"] is not null || entry["state"]!.GetValue<string>() is "unknown" or "submitting" ? 1 : 0;
        }

        using var answer = await Http.GetAsync("api/usage");
        var total = (await ReadAsync(answer, HttpStatusCode.OK))["total"]!;
        Assert.Equal(tasks, total["tasks"]!.GetValue<int>());
        Assert.Equal(Upstream.Tasks.All.Count(task => task.Body.Prompt.StartsWith("killed", StringComparison.Ordinal)), tasks);
        output.WriteLine($"The usage has {tasks} tasks, as the ledger has.");
    }

    private async Task SeeAnswersAsync(int count, Task work)
    {
        while (_answers.Reader.TryRead(out _))
        {
            // Answers from before the restart do not count.
        }

        for (; count > 0 && !work.IsCompleted; count--)
        {
            await Task.WhenAny(work, _answers.Reader.WaitToReadAsync().AsTask());
            _answers.Reader.TryRead(out _);
        }
    }

    private async Task KillAsync()
    {
        var restarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _restarted = restarted.Task;
        await CrashAsync();
        restarted.SetResult();
    }

    private async Task CheckAsync(string prompt, JsonObject job)
    {
        Assert.InRange(PostsOf(prompt), 0, 1);
        var task = Upstream.Tasks.All.SingleOrDefault(task => task.Body.Prompt == prompt);
        if (StatusOf(job) == "submissionUnknown")
        {
            // The app was killed after it began the POST and before it stored the outcome.
            Assert.Equal("/docs/errors#submission-unknown", job["error"]!["type"]!.GetValue<string>());
            Assert.Empty(await BlobsOfAsync(job));
            return;
        }

        Assert.True(StatusOf(job) == "succeeded", job.ToJsonString());
        Assert.Equal(1, PostsOf(prompt));
        using var original = new MemoryStream();
        PictureFile.Write(task!, 0, original);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(original.ToArray())), job["images"]![0]!["sha256"]!.GetValue<string>());
        Assert.Equal(original.ToArray(), await Http.GetByteArrayAsync(job["images"]![0]!["url"]!.GetValue<string>()));
        Assert.Equal(2, (await BlobsOfAsync(job)).Count(IsNoThumbnail));
    }

    private Task<JsonObject> InsistAsync(string prompt) => UntilAnsweredAsync(async () =>
    {
        using var answer = await SendAsync(HttpMethod.Post, "api/images", new { prompt, size = "64x64" }, key: prompt.Replace(' ', '-'));
        return answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK
            ? await ReadAsync(answer, answer.StatusCode)
            : await RefusedAsync(answer);
    });

    private Task<JsonObject> InsistOnEndAsync(string id) => UntilAnsweredAsync(async () =>
    {
        using var answer = await Http.GetAsync($"api/images/{id}?wait=5");
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => await ReadAsync(answer, HttpStatusCode.OK),
            HttpStatusCode.Accepted => null,
            _ => await RefusedAsync(answer),
        };
    });

    private static async Task<JsonObject?> RefusedAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        // While the app is being killed it may answer with a server error, but never with another refusal.
        Assert.True((int)answer.StatusCode >= 500, $"{answer.StatusCode}: {text}");
        return null;
    }

    private async Task<JsonObject> UntilAnsweredAsync(Func<Task<JsonObject?>> ask)
    {
        for (var attempt = 0; attempt < 10_000; attempt++)
        {
            try
            {
                if (await ask() is { } answer)
                    return answer;
            }
            catch (Exception exception) when (
                exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The app was killed.
                await _restarted;
            }
            finally
            {
                _answers.Writer.TryWrite(true);
            }
        }

        throw new TimeoutException("It was never answered.");
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : otherwise;
}
