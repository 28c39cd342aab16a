using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Darkroom.Functions.Tests.EndToEnd;
using Darkroom.Maintenance;
using Darkroom.Settings;
using Darkroom.Storage;
using Darkroom.TestKit;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Maintenance;

public sealed class RetentionTests(AppInProcess app) : IClassFixture<AppInProcess>
{
    [Fact]
    public async Task What_was_over_long_enough_ago_goes_with_its_pictures_and_its_id_is_remembered()
    {
        var old = await DoneAsync(new { prompt = Workshop.NewPrompt("old"), size = "64x64", count = 2 });
        var unsent = await DoneAsync(new { prompt = Workshop.NewPrompt("never submitted"), size = "64x64", image_url = "https://example.com/a.png?sig=1" });
        await RunAsync(days: 29);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(old));

        await RunAsync(days: 31, dryRun: true);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(old));

        await RunAsync(days: 31);
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(old));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(unsent));
        Assert.Empty(await BlobsAsync(app.Services.GetRequiredService<Containers>().Pictures, old));
        Assert.Empty(await BlobsAsync(app.Services.GetRequiredService<Containers>().Jobs, old));
        Assert.Empty(await BlobsAsync(app.Services.GetRequiredService<Containers>().Jobs, unsent));
        Assert.Null(await app.Client.GetInstanceAsync($"{Workshop.IdOf(old)}.1"));
        // Once more: nothing is left to do, and nothing breaks.
        await RunAsync(days: 31);
    }

    [Fact]
    public async Task A_batch_goes_with_its_input_and_its_results()
    {
        const string Text = "one\ntwo\n";
        var key = Guid.NewGuid().ToString();
        using var begin = new HttpRequestMessage(HttpMethod.Post, "api/batches") { Content = new StringContent(Text, null, "text/plain"), Headers = { { "Idempotency-Key", key } } };
        using var answer = await app.Http.SendAsync(begin);
        var id = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>();
        await app.Client.WaitForInstanceCompletionAsync(id);
        await RunAsync(days: 29);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync($"api/batches/{id}")).StatusCode);
        await RunAsync(days: 31);
        Assert.Equal(HttpStatusCode.Gone, (await app.Http.GetAsync($"api/batches/{id}")).StatusCode);
        var left = new List<string>();
        await foreach (var blob in app.Services.GetRequiredService<Containers>().Jobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"batches/{id}/", CancellationToken.None))
            left.Add(blob.Name);
        Assert.Empty(left);
        using var again = new HttpRequestMessage(HttpMethod.Post, "api/batches") { Content = new StringContent(Text, null, "text/plain"), Headers = { { "Idempotency-Key", key } } };
        using var gone = await app.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    [Fact]
    public async Task What_is_not_over_stays_however_old_it_is()
    {
        var prompt = Workshop.NewPrompt("never ends");
        app.Upstream.Scenarios.Assign("never-ends", prompt);
        var job = await PostAsync(new { prompt, size = "64x64" });
        await RunAsync(days: 400);
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(job));
        await app.Http.DeleteAsync($"api/images/{Workshop.IdOf(job)}");
    }

    [Fact]
    public async Task Pictures_that_a_later_job_lives_on_stay_as_long_as_it_does()
    {
        var prompt = Workshop.NewPrompt("shared");
        var first = await DoneAsync(new { prompt, size = "64x64", seed = 9 });
        var before = await TagsAsync(first);
        var second = await DoneAsync(new { prompt, size = "64x64", seed = 9, reuse = "identical" });
        // Touched: the account's own rule sees when a blob was last changed, and nothing else.
        Assert.Empty(before.Intersect(await TagsAsync(first)));
        Assert.Equal(Workshop.IdOf(first), second["reusedFrom"]!.GetValue<string>());
        // The later one is purged first, being newer in the list: then nobody needs the earlier one, and the same run takes it.
        await RunAsync(days: 31, only: first);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(first));
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync($"api/images/{Workshop.IdOf(second)}/files/0")).StatusCode);
        await RunAsync(days: 31);
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(second));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(first));
    }

    private async Task<string[]> TagsAsync(JsonObject job)
    {
        var pictures = app.Services.GetRequiredService<Containers>().Pictures;
        var tags = new List<string>();
        await foreach (var blob in pictures.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{job["createdAt"]!.GetValue<DateTime>().ToUniversalTime():yyyy/MM/dd}/{Workshop.IdOf(job)}/", CancellationToken.None))
            tags.Add(blob.Properties.ETag!.Value.ToString());
        Assert.Equal(2, tags.Count);
        return [.. tags];
    }

    [Fact]
    public async Task A_run_that_had_to_stop_is_gone_on_with()
    {
        var job = await DoneAsync(new { prompt = Workshop.NewPrompt("resumed"), size = "64x64" });
        var place = app.Services.GetRequiredService<RetentionPlace>();
        var cards = app.Services.GetRequiredService<JobCards>();
        await foreach (var card in cards.ListAsync(null, null, null, CancellationToken.None))
        {
            if (card.JobId == Workshop.IdOf(job))
                await place.WriteAsync(card.Place, CancellationToken.None);
        }

        // Behind its card: this job is passed over, and the run ends; the next begins at the beginning.
        await RunAsync(days: 31);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(job));
        await RunAsync(days: 31);
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(job));
    }

    private async Task RunAsync(int days, bool dryRun = false, JsonObject? only = null)
    {
        var settings = app.Services.GetRequiredService<DarkroomSettings>() with { RetentionDryRun = dryRun };
        var time = new ManualTime(DateTimeOffset.UtcNow.AddDays(days));
        if (only is not null)
        {
            // As if it alone were old enough.
            var purge = app.Services.GetRequiredService<JobPurge>();
            await foreach (var card in app.Services.GetRequiredService<JobCards>().ListAsync(null, null, null, CancellationToken.None))
            {
                if (card.JobId == Workshop.IdOf(only))
                    Assert.Equal(RetentionVerdict.Keep, RetentionRules.Decide(await purge.LookAsync(app.Client, card, CancellationToken.None), time.GetUtcNow().UtcDateTime));
            }

            return;
        }

        await ActivatorUtilities.CreateInstance<Retention>(app.Services, settings, time).RunAsync(new TimerInfo(), app.Client, CancellationToken.None);
    }

    private async Task<JsonObject> PostAsync(object body)
    {
        using var answer = await app.Http.PostAsJsonAsync("api/images", body);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task<JsonObject> DoneAsync(object body)
    {
        var job = await PostAsync(body);
        return (await app.Http.GetFromJsonAsync<JsonObject>($"api/images/{Workshop.IdOf(job)}?wait=60"))!;
    }

    private async Task<HttpStatusCode> StatusAsync(JsonObject job)
    {
        using var answer = await app.Http.GetAsync($"api/images/{Workshop.IdOf(job)}");
        return answer.StatusCode;
    }

    private static async Task<List<string>> BlobsAsync(Azure.Storage.Blobs.BlobContainerClient container, JsonObject job)
    {
        var blobs = new List<string>();
        await foreach (var blob in container.GetBlobsAsync())
        {
            if (blob.Name.Contains(Workshop.IdOf(job), StringComparison.Ordinal))
                blobs.Add(blob.Name);
        }

        return blobs;
    }
}
