using Darkroom.Functions.Tests.Orchestrations;
using Darkroom.Jobs;
using Darkroom.Jobs.Submit;
using Microsoft.Extensions.DependencyInjection;

namespace Darkroom.Functions.Tests.Jobs.Submit;

/// <summary>
/// The outcome of a submit is written even if other runs wrote to the ledger in the meantime. The tests use real storage.
/// </summary>
public sealed class RetryingLedgerTests(AppOnTaskHub app) : IClassFixture<AppOnTaskHub>
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private RetryingLedger Ledger => app.Services.GetRequiredService<RetryingLedger>();

    [Theory]
    [InlineData("one", "one")]
    [InlineData("one", "two")]
    public async Task WriteOutcome_LateTaskId_ReplacesTheDoubtOfAnyRun(string poster, string other)
    {
        var ticket = NewTicket();
        var claim = new LedgerEntry { Attempt = 1, State = LedgerState.Submitting, At = At, Run = poster };
        var seen = await Ledger.TryBeginAsync(ticket, claim);
        // A second run waited, and marked the submit of the first run as unknown.
        Assert.NotNull(
            await Ledger.TryReplaceAsync(
                ticket, claim with { State = LedgerState.Unknown, Run = other, Reason = "No outcome." }, seen!.Value));
        await Ledger.WriteOutcomeAsync(ticket, claim with { State = LedgerState.Submitted, TaskId = "paid-for" }, seen.Value);
        var entry = (await Ledger.ReadAsync(ticket))!.Value.Entry;
        Assert.Equal((LedgerState.Submitted, "paid-for"), (entry.State, entry.TaskId));
        // So another attempt uses this task and posts nothing.
        var asked = new LedgerQuestion(Attempt: 2, GivenUpTask: null, At.AddHours(1), new SubmitTimes(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal(LedgerVerdict.UseTask, LedgerRules.Decide(entry, asked));
    }

    [Fact]
    public async Task WriteOutcome_LateRefusal_ReplacesItsOwnDoubtButNotATaskOfAnotherRun()
    {
        var ticket = NewTicket();
        var claim = new LedgerEntry { Attempt = 1, State = LedgerState.Submitting, At = At, Run = "one" };
        var seen = await Ledger.TryBeginAsync(ticket, claim);
        var doubt = await Ledger.TryReplaceAsync(ticket, claim with { State = LedgerState.Unknown }, seen!.Value);
        await Ledger.WriteOutcomeAsync(ticket, claim with { State = LedgerState.Refused }, seen.Value);
        Assert.Equal(LedgerState.Refused, (await Ledger.ReadAsync(ticket))!.Value.Entry.State);
        Assert.NotNull(doubt);

        var (other, tag) = (await Ledger.ReadAsync(ticket))!.Value;
        await Ledger.TryReplaceAsync(ticket, other with { State = LedgerState.Submitted, Run = "two", TaskId = "theirs" }, tag);
        await Ledger.WriteOutcomeAsync(ticket, claim with { State = LedgerState.Refused }, seen.Value);
        Assert.Equal("theirs", (await Ledger.ReadAsync(ticket))!.Value.Entry.TaskId);
    }

    [Fact]
    public async Task WriteOutcome_LaterAttemptInTheLedger_ChangesNothing()
    {
        var ticket = NewTicket();
        var claim = new LedgerEntry { Attempt = 1, State = LedgerState.Submitting, At = At, Run = "one" };
        var seen = await Ledger.TryBeginAsync(ticket, claim);
        await Ledger.TryReplaceAsync(ticket, claim with { Attempt = 2, Run = "two" }, seen!.Value);
        await Ledger.WriteOutcomeAsync(ticket, claim with { State = LedgerState.Submitted, TaskId = "late" }, seen.Value);
        Assert.Equal(
            (2, null), ((await Ledger.ReadAsync(ticket))!.Value.Entry.Attempt, (await Ledger.ReadAsync(ticket))!.Value.Entry.TaskId));
    }

    private JobTicket NewTicket() => app.NewPicture("p").Ticket;
}
