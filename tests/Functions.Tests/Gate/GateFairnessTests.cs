using Darkroom.Api.Batches;
using Darkroom.Batches;
using Darkroom.Gate;
using Darkroom.Requests;

namespace Darkroom.Functions.Tests.Gate;

public sealed class GateFairnessTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Serve_NewBatchesKeepComing_DoesNotStarveAnOldBatch()
    {
        var state = new GateState();
        foreach (var item in Enumerable.Range(0, 50))
            state = Ask(state, $"old.{item}", "old");
        var served = new List<string>();
        for (var newcomer = 0; newcomer < 60; newcomer++)
        {
            state = Ask(state, $"new{newcomer}.0", $"new{newcomer}");
            var holder = state.Holders.Single().Ticket;
            served.Add(holder.Group!);
            state = state.Receive(new GateMessage(GateMessageKind.Leave, holder.Instance) { Turn = 1 }, Start).State;
        }

        Assert.InRange(served.Count(group => group == "old"), 8, 30);
    }

    [Fact]
    public void Counts_OfABatchThatTheSnapshotOmits_AreNotGuessed()
    {
        var state = Ask(new GateState(), "first.0", "first");
        foreach (var batch in Enumerable.Range(0, 60))
            state = Ask(state, $"batch{batch:000}-with-a-long-name.0", $"batch{batch:000}-with-a-long-name");
        var shown = GateSnapshot.Of(state, Start);
        Assert.True(shown.HasMoreGroups);
        var left = Enumerable.Range(0, 60)
            .Select(batch => $"batch{batch:000}-with-a-long-name")
            .First(batch => !shown.WaitingByGroup.ContainsKey(batch));
        var ticket = new BatchTicket { BatchId = left, Items = "", Total = 1, CreatedAt = Start };
        Assert.Equal((1, 0), (Counts(shown).Queued, Counts(shown).Running));
        Assert.Equal(
            (0, 1),
            (
                Counts(GateSnapshot.Of(new GateState { Holders = state.Holders }, Start)).Queued,
                Counts(GateSnapshot.Of(new GateState { Holders = state.Holders }, Start)).Running));

        BatchCounts Counts(GateSnapshot gate) =>
            BatchView.Of(new BatchRecord(ticket, new BatchSnapshot { InFlight = 1 }, Start), [], gate, Start).Counts;
    }

    private static GateState Ask(GateState state, string instance, string group) =>
        state.Receive(new GateMessage(GateMessageKind.Ask, instance) { Turn = 1, Lane = Lane.Bulk, Group = group }, Start).State;
}
