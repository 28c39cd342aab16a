using System.Text.Json.Nodes;
using Darkroom.Durable;
using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using Darkroom.ModelScope;
using Darkroom.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Jobs.Poll;

/// <summary>A picture that was paid for is not lost, even if upstream no longer knows its task.</summary>
public sealed class TaskPicturesTests(AppOnTaskHub app) : IClassFixture<AppOnTaskHub>
{
    [Fact]
    public async Task Poll_UpstreamForgotTheTask_FindsThePicturesInStorage()
    {
        var (ticket, state) = await DoneAsync();
        app.Upstream.Reset();
        var found = await CollectAsync(ticket, state.TaskId!);
        Assert.IsType<PollOutcome.Saved>(found.Outcome);
        Assert.Equal(Facts(state.Pictures), Facts(found.Pictures));
    }

    [Fact]
    public async Task Poll_PictureCannotBeFetchedAgain_FindsItInStorageAndRewritesItsSidecar()
    {
        var (ticket, state) = await DoneAsync();
        var sidecar = app.Services.GetRequiredService<Containers>().Pictures.GetBlobClient(state.Pictures[0].SidecarBlob);
        await sidecar.DeleteAsync();
        app.Upstream.Settings = app.Upstream.Settings with { LinkSeconds = -1 };
        var found = await CollectAsync(ticket, state.TaskId!);
        app.Upstream.Settings = app.Options.Upstream;
        Assert.IsType<PollOutcome.Saved>(found.Outcome);
        Assert.Equal(Facts(state.Pictures), Facts(found.Pictures));
        Assert.Equal(
            state.TaskId,
            (await sidecar.DownloadContentAsync()).Value.Content.ToObjectFromJson<JsonObject>()!["taskId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Poll_LostTask_FailsIfNothingWasSavedOrTheJobIsCanceled()
    {
        var (ticket, state) = await DoneAsync();
        var lost = await CollectAsync(ticket, "1");
        var failed = Assert.IsType<PollOutcome.Failed>(lost.Outcome);
        Assert.Contains("task 1,", failed.Error.Detail, StringComparison.Ordinal);
        Assert.Empty(lost.Pictures);
        app.Upstream.Reset();
        Assert.IsType<PollOutcome.Failed>((await CollectAsync(ticket, state.TaskId!, discard: true)).Outcome);
    }

    [Fact]
    public async Task Poll_PictureOfALaterAttempt_IsSavedBesideTheFirst()
    {
        var (ticket, state) = await DoneAsync();
        var request = await app.Services.GetRequiredService<RequestStore>().TryReadAsync(ticket, TestContext.Current.CancellationToken);
        var other = await app.Services.GetRequiredService<ModelScopeClient>().SubmitAsync(
            request!.ImageOf(0), TestContext.Current.CancellationToken);
        var second = await CollectAsync(ticket with { Attempt = 2 }, other.TaskId);
        Assert.IsType<PollOutcome.Saved>(second.Outcome);
        Assert.Equal(0, second.Pictures[0].Index);
        Assert.NotEqual(state.Pictures[0].Sha256, second.Pictures[0].Sha256);
        Assert.EndsWith("-0-attempt-2.png", second.Pictures[0].Blob, StringComparison.Ordinal);
        Assert.Equal(state.Pictures[0].Sha256, await ShaAsync(state.Pictures[0].Blob));
        Assert.Equal(second.Pictures[0].Sha256, await ShaAsync(second.Pictures[0].Blob));

        // Another look at a task finds the pictures of that task, in any attempt.
        Assert.Equal(Facts(second.Pictures), Facts((await CollectAsync(ticket with { Attempt = 3 }, other.TaskId)).Pictures));
        Assert.Equal(Facts(state.Pictures), Facts((await CollectAsync(ticket with { Attempt = 3 }, state.TaskId!)).Pictures));
    }

    [Fact]
    public async Task Poll_NameTakenByAnotherTask_Throws()
    {
        var (ticket, _) = await DoneAsync();
        var request = await app.Services.GetRequiredService<RequestStore>().TryReadAsync(ticket, TestContext.Current.CancellationToken);
        var other = await app.Services.GetRequiredService<ModelScopeClient>().SubmitAsync(
            request!.ImageOf(0), TestContext.Current.CancellationToken);
        // The first attempt does not look for a free name. A picture of another task under its name can only come from a race with a later
        // attempt.
        await Assert.ThrowsAsync<SanitizedException>(() => CollectAsync(ticket, other.TaskId));
    }

    private static object Facts(IReadOnlyList<SavedPicture> pictures) =>
        string.Join('\n', pictures.Select(picture => picture with { Warnings = [] }));

    private async Task<string> ShaAsync(string blob)
    {
        var content = (
            await app.Services.GetRequiredService<Containers>().Pictures.GetBlobClient(blob).DownloadContentAsync()).Value.Content;
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content.ToMemory().Span));
    }

    private async Task<(JobTicket Ticket, JobState State)> DoneAsync()
    {
        var id = await app.StartPictureAsync("paid for");
        await app.Hub.RunUntilEndAsync(id);
        var job = (await JobReader.TryGetAsync(app.Client, id, TestContext.Current.CancellationToken))!;
        Assert.Equal(JobStatus.Succeeded, job.State.Status);
        return (job.Ticket, job.State);
    }

    private Task<PollResult> CollectAsync(JobTicket ticket, string task, bool discard = false) =>
        ActivatorUtilities.CreateInstance<PollTask>(app.Services).RunAsync(
            new PollOrder(ticket, task, app.Hub.Now.UtcDateTime.AddHours(-1), discard, ReasonLooks: 0, Turn: 1),
            app.Client,
            TestContext.Current.CancellationToken);
}
