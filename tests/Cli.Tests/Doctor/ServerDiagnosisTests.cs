using Darkroom.Cli.Doctor;
using Darkroom.Cli.Operations;

namespace Darkroom.Cli.Tests.Doctor;

public sealed class ServerDiagnosisTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 9, 9, 0, TimeSpan.Zero);
    private static readonly Gate Open = new(1, 0, new GateLanes(0, 0));
    private static readonly ServerFacts Well = new("http://127.0.0.1:7071") { Gate = Open };

    [Fact]
    public void Of_ReadyAndOpen_IsOk() => Assert.All(ServerDiagnosis.Of(Well), finding => Assert.Equal(Level.Ok, finding.Level));

    [Fact]
    public void Of_NoServer_IsAWarningOnly()
    {
        var finding = Assert.Single(ServerDiagnosis.Of(Well with { Unreachable = "refused", Gate = null }));

        Assert.Equal(Level.Warning, finding.Level);
        Assert.Contains("./darkroom up", finding.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PartNotReady_IsAProblem()
    {
        var finding = ServerDiagnosis.Of(Well with { NotReady = ["storage is not reachable"] }).First();

        Assert.Equal((Level.Problem, "storage is not reachable"), (finding.Level, finding.Message));
    }

    [Fact]
    public void Of_KeyRefused_IsAProblem() =>
        Assert.Equal(Level.Problem, ServerDiagnosis.Of(Well with { Gate = null, GateError = "no key" }).Last().Level);

    [Fact]
    public void Of_GateHoldsSubmitsBack_IsAWarningWithTheReason()
    {
        var paused = ServerDiagnosis.Of(Well with { Gate = Open with { Paused = new GatePaused(At) { Reason = "new token" } } }).Last();
        var credits = ServerDiagnosis.Of(Well with { Gate = Open with { CoolDown = new GateCoolDown("credits", At) } }).Last();
        var budget = ServerDiagnosis.Of(Well with { Gate = Open with { Budget = new GateBudget(5, 5, At) } }).Last();

        Assert.Equal(
            (Level.Warning, "paused (new token), until: darkroom gate resume"), (paused.Level, paused.Message));
        Assert.Equal("waiting: no credits are left, until 2026-11-30 09:09:00Z", credits.Message);
        Assert.Equal((Level.Warning, "waiting: the daily budget is used up"), (budget.Level, budget.Message));
    }
}
