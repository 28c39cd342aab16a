using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Darkroom.TestKit;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.EndToEnd;

/// <summary>Storage that stays away longer than an activity has patience for: nothing that is paid for is given up, and nothing is paid for twice.</summary>
public sealed class StorageStaysAwayTests(StorageStaysAwayTests.AppOnACable app) : IClassFixture<StorageStaysAwayTests.AppOnACable>
{
    [Fact]
    public async Task A_picture_that_cannot_be_saved_is_kept_upstream_until_it_can()
    {
        var job = await PostAsync("cannot be saved");
        await UntilAsync(job, now => Workshop.StatusOf(now) == "generating", passTime: false);
        app.Cut();
        var expired = await UntilAsync(job, now => Workshop.StatusOf(now) == "expired", passTime: true);
        Assert.Contains("storage was in trouble", expired["error"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(expired["error"]!["retryable"]!.GetValue<bool>());

        app.Mend();
        using var again = await app.Http.PostAsync($"api/images/{Workshop.IdOf(job)}/resubmit", null);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        var end = await UntilAsync(job, now => Workshop.StatusOf(now) == "succeeded", passTime: true);
        Assert.Single(end["images"]!.AsArray());
        Assert.Equal(1, app.Upstream.Counters.PostsByPrompt[job["request"]!["prompt"]!.GetValue<string>()]);
    }

    private async Task<JsonObject> PostAsync(string about)
    {
        using var answer = await app.Http.PostAsJsonAsync("api/images", new { prompt = Workshop.NewPrompt(about), size = "64x64" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    // Time passes only while no activity of the job runs: what is done on the wire takes real time, however little.
    private async Task<JsonObject> UntilAsync(JsonObject job, Func<JsonObject, bool> isSo, bool passTime)
    {
        for (var look = 0; look < 20_000; look++)
        {
            var now = (await app.Http.GetFromJsonAsync<JsonObject>($"api/images/{Workshop.IdOf(job)}"))!;
            if (isSo(now))
                return now;
            if (passTime && !await IsBusyAsync(job))
                app.Time.Advance(TimeSpan.FromSeconds(2));
        }

        throw new TimeoutException("It did not come about.");
    }

    private async Task<bool> IsBusyAsync(JsonObject job)
    {
        var instance = (await app.Http.GetFromJsonAsync<JsonObject>($"runtime/webhooks/durabletask/instances/{Workshop.IdOf(job)}?showHistory=true"))!;
        return instance["historyEvents"] is not JsonArray events || events.Any(one => one!["EventType"]!.GetValue<string>() == "TaskScheduled");
    }

    /// <summary>An app with a clock of its own, and storage that can be cut off.</summary>
    public sealed class AppOnACable : AppInProcess
    {
        private readonly List<Cable> _cables = [];
        private string _connection = "";

        public ManualTime Time { get; } = new(DateTimeOffset.UtcNow);

        public void Cut() => _cables.ForEach(cable => cable.Cut());

        public void Mend() => _cables.ForEach(cable => cable.Mend());

        protected override string WayTo(string connection) => _connection = Cable.InFrontOf(connection, _cables);

        protected override void Change(FunctionsApplicationBuilder builder)
        {
            builder.Services.AddSingleton<TimeProvider>(Time);
            // Its own patience would be real time.
            builder.Services.AddSingleton(new BlobServiceClient(_connection, new BlobClientOptions { Retry = { MaxRetries = 0 } }));
        }

        public override async ValueTask DisposeAsync()
        {
            Mend();
            var end = base.DisposeAsync().AsTask();
            while (!end.IsCompleted)
            {
                // Who is asked to stop waits by this clock.
                Time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            await end;
            _cables.ForEach(cable => cable.Dispose());
        }
    }
}
