using System.Text.Json;
using Darkroom.Api;
using Darkroom.Durable;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Darkroom.Simulator;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Storage that is away for minutes or hours: no paid task is given up, and nothing is paid for twice.</summary>
public sealed class StorageTimeTests
{
    private static readonly AppOptions Options = new() { CanCutStorage = true, Upstream = new SimulatorSettings { Seconds = 60 } };

    [Fact]
    public async Task Watch_StorageIsAway_WaitsAndSavesThePicture()
    {
        await using var app = await AppOnTaskHub.StartAsync(Options);
        var job = await app.StartPictureAsync("storage breaks", ""","deadlineSeconds":7200""");
        await app.UntilAsync(job, JobStatus.Generating);
        app.CutStorage();
        await app.Hub.RunForAsync(TimeSpan.FromHours(1));
        Assert.Equal(JobStatus.Generating, (await app.StateAsync(job)).Status);
        app.MendStorage();
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(job)).Status);
        Assert.Equal(1, app.PostsOf("storage breaks"));
    }

    [Fact]
    public async Task Resubmit_WatchExpiredWithoutStorage_FetchesThePictureWithoutAPost()
    {
        await using var app = await AppOnTaskHub.StartAsync(Options);
        var job = await app.StartPictureAsync("cannot be saved");
        await app.UntilAsync(job, JobStatus.Generating);
        app.CutStorage();
        var expired = await app.EndOfAsync(job);
        Assert.Equal(JobStatus.Expired, expired.Status);
        Assert.Contains("storage was not available", expired.Error!.Detail, StringComparison.Ordinal);
        Assert.True(expired.Error.Retryable);
        app.MendStorage();
        Assert.Equal(202, await app.ResubmitAsync(job));
        var end = await app.EndOfAsync(job);
        Assert.Equal((JobStatus.Succeeded, 1), (end.Status, end.Pictures.Count));
        Assert.Equal(1, app.PostsOf("cannot be saved"));
    }

    [Fact]
    public async Task Submit_StorageIsAwayForHours_IsRetriedAndPostsOnce()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var back = app.Hub.Now.AddHours(3);
        app.Hub.BeforeActivity(nameof(SubmitTask), () => ThrowUntil(app, back));
        var end = await app.EndOfAsync(await app.StartPictureAsync("away"));
        Assert.Equal(JobStatus.Succeeded, end.Status);
        Assert.InRange(end.SubmittedAt!.Value, back.UtcDateTime, back.UtcDateTime.AddMinutes(2));
        Assert.Equal(1, app.PostsOf("away"));
    }

    [Fact]
    public async Task Submit_JobExpiresBeforeStorageIsBack_IsUnknown()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        app.Hub.BeforeActivity(nameof(SubmitTask), () => ThrowUntil(app, DateTimeOffset.MaxValue));
        var job = await app.StartPictureAsync("unknown", ""","expiresInSeconds":3600""");
        var end = await app.EndOfAsync(job);
        // Not "expired": one of the failed activities may have posted it.
        Assert.Equal((JobStatus.SubmissionUnknown, 0), (end.Status, app.PostsOf("unknown")));
        Assert.InRange(app.Hub.Now - app.Hub.Get(job).CreatedAt, TimeSpan.FromHours(1), TimeSpan.FromMinutes(80));
    }

    [Fact]
    public async Task Gate_InspectionFails_KeepsItsSlots()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Upstream = new SimulatorSettings { Seconds = 1800 } });
        var first = await app.StartPictureAsync("first", ""","deadlineSeconds":7200""");
        await app.UntilAsync(first, JobStatus.Generating);
        var back = app.Hub.Now.AddMinutes(40);
        app.Hub.BeforeActivity(nameof(GateActivities.InspectGate), () => ThrowUntil(app, back));
        var second = await app.StartPictureAsync("second", ""","deadlineSeconds":7200""");
        foreach (var job in new[] { first, second })
            Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(job)).Status);
        Assert.Equal(1, Counters.MaxTasksAtOnce(app.Upstream.Tasks.All));
    }

    [Theory]
    [InlineData(nameof(GateActivities.CallWaiting))]
    [InlineData(nameof(GateActivities.InspectGate))]
    public async Task Gate_StorageIsAwayAtItsStart_BeginsWhenStorageIsBack(string activity)
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions());
        var back = app.Hub.Now.AddHours(2);
        app.Hub.BeforeActivity(activity, () => ThrowUntil(app, back));
        var end = await app.EndOfAsync(await app.StartPictureAsync("patient"));
        Assert.Equal(JobStatus.Succeeded, end.Status);
        Assert.InRange(end.SubmittedAt!.Value, back.UtcDateTime, back.UtcDateTime.AddMinutes(5));
    }

    [Fact]
    public async Task Storage_Away_IsReportedByTheHealthCheckAndStartsNoJob()
    {
        await using var app = await AppOnTaskHub.StartAsync(Options);
        app.CutStorage();
        var failure = await Record.ExceptionAsync(() => app.StartPictureAsync("no storage"));
        Assert.True(StorageTrouble.Is(failure!), $"{failure}");
        Assert.Empty(app.Hub.Instances);
        var ready = await new HealthEndpoints(app.Services.GetRequiredService<Readiness>()).ReadyAsync(
            new DefaultHttpContext().Request, app.Client, CancellationToken.None);
        Assert.Equal(503, ((IStatusCodeHttpResult)ready).StatusCode);
        var parts = JsonSerializer.SerializeToNode(((IValueHttpResult)ready).Value)!["parts"]!;
        Assert.StartsWith("not ", parts["storage"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(("ok", "ok"), (parts["engine"]!.GetValue<string>(), parts["gate"]!.GetValue<string>()));
        Assert.Equal(0, app.PostsOf("no storage"));
    }

    private static void ThrowUntil(AppOnTaskHub app, DateTimeOffset back)
    {
        if (app.Hub.Now < back)
            throw new SanitizedException("A storage request failed (no answer).");
    }
}
