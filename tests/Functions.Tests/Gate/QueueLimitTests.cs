using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Gate;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Gate;

/// <summary>The limit of waiting tasks, also for admitted jobs that have not asked the gate yet.</summary>
public sealed class QueueLimitTests
{
    [Fact]
    public async Task TryEnter_BurstBeforeTheGateKnowsTheJobs_StopsAtTheLimit()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { Settings = new() { ["Darkroom:MaxQueued"] = "5", ["Darkroom:Slots"] = "2" } });
        var limit = app.Services.GetRequiredService<QueueLimit>();
        var entered = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => limit.TryEnterAsync(app.Client, 1, CancellationToken.None)));
        // Two jobs take the free slots, and five wait.
        Assert.Equal(7, entered.Count(one => one));
    }

    [Fact]
    public async Task TryEnter_JobOfManyTasks_CountsEachTask()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Settings = new() { ["Darkroom:MaxQueued"] = "5" } });
        var limit = app.Services.GetRequiredService<QueueLimit>();
        Assert.True(await limit.TryEnterAsync(app.Client, 16, CancellationToken.None));
        Assert.False(await limit.TryEnterAsync(app.Client, 1, CancellationToken.None));
    }

    [Fact]
    public async Task Leave_JobThatStartedNothing_FreesItsPlace()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Settings = new() { ["Darkroom:MaxQueued"] = "5" } });
        var limit = app.Services.GetRequiredService<QueueLimit>();
        // This simulates a caller that repeatedly sends the same request several times at once.
        for (var n = 0; n < 50; n++)
        {
            Assert.True(await limit.TryEnterAsync(app.Client, 2, CancellationToken.None));
            limit.Leave(2);
        }
    }

    [Fact]
    public async Task TryEnter_JobNeverStarted_StopsCountingAfterAWhile()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Settings = new() { ["Darkroom:MaxQueued"] = "5" } });
        var limit = app.Services.GetRequiredService<QueueLimit>();
        while (await limit.TryEnterAsync(app.Client, 1, CancellationToken.None))
        {
            // None of the admitted jobs is started.
        }

        await app.Hub.RunForAsync(TimeSpan.FromSeconds(31));
        Assert.True(await limit.TryEnterAsync(app.Client, 1, CancellationToken.None));
    }

    [Fact]
    public async Task TryEnter_JobNeverStartedWhileOthersKeepComing_StopsCountingAfterAWhile()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { Settings = new() { ["Darkroom:MaxQueued"] = "100" }, Upstream = new() { Seconds = 3600 } });
        var limit = app.Services.GetRequiredService<QueueLimit>();
        Assert.True(await limit.TryEnterAsync(app.Client, 1, CancellationToken.None));
        for (var n = 0; n < 90; n++)
        {
            Assert.True(await limit.TryEnterAsync(app.Client, 1, CancellationToken.None));
            await app.StartPictureAsync($"waits {n}");
            await app.Hub.RunForAsync(TimeSpan.FromSeconds(1));
        }

        // One job has the slot, and 89 wait.
        var entered = 0;
        while (await limit.TryEnterAsync(app.Client, 1, CancellationToken.None))
            entered++;
        Assert.Equal(11, entered);
    }

    [Fact]
    public async Task TryEnter_AfterTheGateStartedAgain_DoesNotCountJobsOfTheOldGate()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { Settings = new() { ["Darkroom:MaxQueued"] = "5", ["Darkroom:Slots"] = "10" } });
        var limit = app.Services.GetRequiredService<QueueLimit>();
        for (var n = 0; n < 4; n++)
        {
            await app.StartPictureAsync($"before {n}");
            Assert.True(await limit.TryEnterAsync(app.Client, 1, CancellationToken.None));
        }

        await app.Hub.RunForAsync(TimeSpan.FromSeconds(2));
        app.Hub.Terminate(UpstreamGate.InstanceId);
        await app.Hub.RunForAsync(TimeSpan.FromSeconds(2));
        Assert.True(app.Hub.Purge(UpstreamGate.InstanceId));
        await app.StartPictureAsync("after");
        await app.Hub.RunForAsync(TimeSpan.FromSeconds(2));
        // One job has a slot, so nine more get a free slot and five wait.
        var entered = 0;
        while (await limit.TryEnterAsync(app.Client, 1, CancellationToken.None))
            entered++;
        Assert.Equal(14, entered);
    }

    [Fact]
    public async Task TryEnter_JobsThatTheGateKnows_CountOnce()
    {
        await using var app = await AppOnTaskHub.StartAsync(
            new AppOptions { Settings = new() { ["Darkroom:MaxQueued"] = "5" }, Upstream = new() { Seconds = 3600 } });
        var limit = app.Services.GetRequiredService<QueueLimit>();
        for (var n = 0; n < 4; n++)
        {
            Assert.True(await limit.TryEnterAsync(app.Client, 1, CancellationToken.None));
            await app.StartPictureAsync($"waits {n}");
        }

        // The cached status contains none of the jobs; the next one contains all of them.
        await app.Hub.RunForAsync(TimeSpan.FromSeconds(2));
        Assert.Equal((1, 3), (app.Gate.InUse, app.Gate.WaitingInteractive));
        bool[] entered = [await Enter(), await Enter(), await Enter()];
        Assert.Equal([true, true, false], entered);

        Task<bool> Enter() => limit.TryEnterAsync(app.Client, 1, CancellationToken.None);
    }
}
