namespace Darkroom.EndToEnd;

/// <summary>A daily budget of one task.</summary>
[Trait(TestApp.Needs, TestApp.OwnApp)]
public sealed class BudgetTests : TestApp
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Darkroom__DailyBudget"] = "1" };

    [Fact]
    public async Task Budget_IsUsedUp_NextJobWaitsAndSaysUntilWhen()
    {
        // A refused submit uses nothing of the budget.
        var refused = NewPrompt("refused");
        Upstream.Scenarios.Assign("bad-parameter", refused, null);
        Assert.Equal("failed", StatusOf(await EndOfAsync(await PostAsync(new { prompt = refused, size = "64x64" }))));
        Assert.Equal("succeeded", StatusOf(await EndOfAsync(await PostAsync(new { prompt = NewPrompt("first"), size = "64x64" }))));

        var prompt = NewPrompt("second");
        var waiting = await UntilAsync(
            await PostAsync(new { prompt, size = "64x64" }), job => job["stage"]!.GetValue<string>() == "budgetReached");
        Assert.Equal("queued", StatusOf(waiting));
        Assert.Contains("Darkroom__DailyBudget", waiting["waiting"]!["reason"]!.GetValue<string>());
        var resumeAt = waiting["waiting"]!["resumeAt"]!.GetValue<DateTime>().ToUniversalTime();
        // Midnight in China.
        Assert.Equal(new TimeSpan(16, 0, 0), resumeAt.TimeOfDay);
        Assert.InRange(resumeAt, DateTime.UtcNow, DateTime.UtcNow.AddDays(1));

        using var answer = await Http.GetAsync("api/gate");
        var budget = (await ReadAsync(answer, System.Net.HttpStatusCode.OK))["budget"]!;
        Assert.Equal((1, 1), (budget["limit"]!.GetValue<int>(), budget["used"]!.GetValue<int>()));
        Assert.Equal(resumeAt, budget["resetsAt"]!.GetValue<DateTime>().ToUniversalTime());
        Assert.Equal(0, PostsOf(prompt));
        using var cancel = await Http.DeleteAsync($"api/images/{IdOf(waiting)}");
        Assert.Equal("canceled", StatusOf(await EndOfAsync(waiting)));
    }
}
