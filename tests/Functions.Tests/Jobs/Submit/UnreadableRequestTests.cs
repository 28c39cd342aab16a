using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Darkroom.Simulator;
using Darkroom.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Jobs.Submit;

/// <summary>
/// A stored request can be gone, or invalid for a newer version of the app. Then nothing is posted, and nothing that was paid for is lost.
/// </summary>
public sealed class UnreadableRequestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_RequestUnreadableBeforeTheSubmit_FailsAndFreesItsSlot()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var (ticket, request) = app.NewPicture("gone");
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(
            app.Client, ticket with { Request = """{"prompt":"gone","size":"not a size"}""" }, request, Token);
        var end = await app.EndOfAsync(ticket.JobId);
        Assert.Equal((JobStatus.Failed, "internal", false), (end.Status, end.Error!.Name, end.Error.Retryable));
        Assert.Contains("Nothing was submitted", end.Error.Detail, StringComparison.Ordinal);
        Assert.Equal(0, app.PostsOf("gone"));
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(await app.StartPictureAsync("next"))).Status);
    }

    [Fact]
    public async Task Job_RequestUnreadableAfterTheSubmit_SavesThePicture()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 60 } });
        // The prompt is so long that the request is stored in a blob.
        var prompt = $"gone later {new string('x', 9000)}";
        var job = await app.StartPictureAsync(prompt[..1900], $$""","extra":{"note":"{{prompt}}"}""");
        await app.UntilAsync(job, JobStatus.Generating);
        var jobs = app.Services.GetRequiredService<Containers>().Jobs;
        var deleted = 0;
        await foreach (
            var blob in jobs.GetBlobsAsync(
                Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, $"requests/{job}/", Token))
            deleted += await jobs.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: Token) ? 1 : 0;
        Assert.NotEqual(0, deleted);
        var end = await app.EndOfAsync(job);
        Assert.Equal(JobStatus.Succeeded, end.Status);
        var picture = Assert.Single(end.Pictures);
        Assert.True(await app.Services.GetRequiredService<Containers>().Pictures.GetBlobClient(picture.SidecarBlob).ExistsAsync(Token));
    }

    [Fact]
    public async Task Submit_RequestUnreadableAfterThePost_ReturnsTheTaskInTheLedger()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var (ticket, request) = app.NewPicture("posted");
        await app.Services.GetRequiredService<JobStarter>().TryStartAsync(app.Client, ticket, request, Token);
        var end = await app.EndOfAsync(ticket.JobId);
        var result = (
            await ActivatorUtilities.CreateInstance<SubmitTask>(app.Services).RunAsync(
                new SubmitOrder(ticket with { IsStored = true }, GivenUpTask: null), app.Client, Token)).Outcome;
        Assert.Equal(end.TaskId, Assert.IsType<SubmitOutcome.Accepted>(result).TaskId);
    }

    [Fact]
    public async Task TaskDurations_BlobIsNotJson_AreLearnedAgain()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var durations = app.Services.GetRequiredService<Containers>().Jobs.GetBlobClient("experience.json");
        await durations.UploadAsync(BinaryData.FromString("no JSON"), overwrite: true, Token);
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(await app.StartPictureAsync("first"))).Status);
        await app.Hub.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(await app.StartPictureAsync("second"))).Status);
        Assert.StartsWith("{", (await durations.DownloadContentAsync(Token)).Value.Content.ToString(), StringComparison.Ordinal);
    }
}
