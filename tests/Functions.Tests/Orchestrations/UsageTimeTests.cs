using Azure.Data.Tables;
using Darkroom.Gate;
using Darkroom.Jobs;
using Darkroom.Jobs.Poll;
using Darkroom.Jobs.Submit;
using Darkroom.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Orchestrations;

/// <summary>Each task counts once in the usage, whatever happens to its job.</summary>
public sealed class UsageTimeTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    [Fact]
    public async Task Usage_JobsOfEveryKind_CountEachTaskOnce()
    {
        await using var app = new AppOnTaskHub();
        await app.InitializeAsync();
        foreach (var scenario in new[] { "submit-cut", "failed-message", "bad-parameter" })
            app.Upstream.Scenarios.Assign(scenario, scenario, null);
        await app.EndOfAsync(await app.StartPictureAsync("one"));
        await app.EndOfAsync(await app.StartPictureAsync("three", ""","count":3 """));
        Assert.Equal(JobStatus.Failed, (await app.EndOfAsync(await app.StartPictureAsync("failed-message"))).Status);
        Assert.Equal(JobStatus.SubmissionUnknown, (await app.EndOfAsync(await app.StartPictureAsync("submit-cut"))).Status);
        // A refused submit is no task.
        Assert.Equal(JobStatus.Failed, (await app.EndOfAsync(await app.StartPictureAsync("bad-parameter"))).Status);
        var counts = await CountAsync(app);
        Assert.Equal((6, 4, 2, 0), (counts.Tasks, counts.Pictures, counts.Failed, counts.Reused));
        Assert.Equal(new CreditRange(2, 12), counts.Credits);
    }

    [Fact]
    public async Task Usage_ActivitiesRunTwice_CountEachTaskOnce()
    {
        await using var app = new AppOnTaskHub();
        await app.InitializeAsync();
        var (usage, ticket) = (app.Services.GetRequiredService<TaskUsage>(), app.NewPicture("again").Ticket);
        var accepted = new SubmitOutcome.Accepted("task/1?#", null, app.Hub.Now.UtcDateTime, IsEarlier: false, Schedule: null!);
        var order = new PollOrder(ticket, accepted.TaskId, accepted.AcceptedAt, Discard: false, ReasonLooks: 0, Turn: 1);
        var saved = new PollResult(new PollOutcome.Saved(), new PollFacts());
        await usage.SubmittedAsync(ticket, accepted, CancellationToken.None);
        await usage.LookedAsync(order, saved, CancellationToken.None);
        // A submit activity that runs again late must not hide the outcome.
        await usage.SubmittedAsync(ticket, accepted, CancellationToken.None);
        await usage.LookedAsync(order, saved, CancellationToken.None);
        var rows = new List<UsageRow>();
        await foreach (var row in app.Services.GetRequiredService<UsageStore>().ReadAsync(Day, Day, CancellationToken.None))
            rows.Add(row);
        Assert.Equal(TaskOutcome.Succeeded, Assert.Single(rows).Outcome);
        Assert.Equal("Tongyi-MAI/Z-Image-Turbo", rows[0].About.Model);
    }

    [Fact]
    public async Task Usage_UnknownSubmitTurnsOutAccepted_CountsOneTask()
    {
        await using var app = new AppOnTaskHub();
        await app.InitializeAsync();
        var (usage, ticket) = (app.Services.GetRequiredService<TaskUsage>(), app.NewPicture("late").Ticket);
        await usage.SubmittedAsync(ticket, new SubmitOutcome.Unknown(JobErrors.Internal("cut")), CancellationToken.None);
        Assert.Equal((1, 1), ((await CountAsync(app)).Tasks, (await CountAsync(app)).Failed));
        var late = new SubmitOutcome.Accepted("late", null, app.Hub.Now.UtcDateTime, IsEarlier: true, Schedule: null!);
        await usage.SubmittedAsync(ticket with { Attempt = 2 }, late, CancellationToken.None);
        Assert.Equal((1, 0), ((await CountAsync(app)).Tasks, (await CountAsync(app)).Failed));
    }

    [Fact]
    public async Task Gate_IsLost_BudgetStillCountsTheTasksOfTheDay()
    {
        await using var app = await AppOnTaskHub.StartAsync(new AppOptions { Settings = new() { ["Darkroom:DailyBudget"] = "1" } });
        await app.EndOfAsync(await app.StartPictureAsync("first"));
        await app.Client.TerminateInstanceAsync(UpstreamGate.InstanceId);
        await app.Hub.SettleAsync();
        await GateKeeper.BeginAsync(app.Client, CancellationToken.None);
        await app.StartPictureAsync("second");
        await app.Hub.RunForAsync(TimeSpan.FromMinutes(10));
        Assert.Equal((1, 0), (app.Gate.Budget.Used, app.PostsOf("second")));
    }

    [Fact]
    public async Task Usage_TableIsMissing_NeverFailsAJob()
    {
        await using var app = new AppOnTaskHub();
        await app.InitializeAsync();
        await app.Services.GetRequiredService<TableServiceClient>().DeleteTableAsync("darkroomusage");
        Assert.Equal(JobStatus.Succeeded, (await app.EndOfAsync(await app.StartPictureAsync("uncounted"))).Status);
    }

    private static async Task<UsageCounts> CountAsync(AppOnTaskHub app)
    {
        var counts = UsageCounts.None;
        await foreach (var row in app.Services.GetRequiredService<UsageStore>().ReadAsync(Day, Day, CancellationToken.None))
            counts = counts.With(row, app.Hub.Now.UtcDateTime);
        return counts;
    }
}
