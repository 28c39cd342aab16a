using Darkroom.Batches;
using Darkroom.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Batches;

/// <summary>For events in any order: the counts of a batch add up, its size stays limited, and it ends.</summary>
public sealed class BatchStateTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 9, 0, 0, DateTimeKind.Utc);

    private static Gen<Story> Stories =>
        from total in Gen.Choose(1, 400)
        from slots in Gen.Choose(1, 40)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from cancelAt in Gen.Frequency((2, Gen.Constant(int.MaxValue)), (1, Gen.Choose(0, 300)))
        select new Story(total, slots, seed, cancelAt);

    [Fact]
    public void Batch_EventsInAnyOrder_StartsAndWritesEveryItemOnce() =>
        Properties.ForAll(
            Stories,
            story =>
            {
                var run = Run(story);
                return run.Written.Count == story.Total && run.Written.Distinct(StringComparer.Ordinal).Count() == story.Total
                    && run.Started.Distinct(StringComparer.Ordinal).Count() == run.Started.Count;
            },
            1500);

    [Fact]
    public void Counts_InEveryState_AddUp() =>
        Properties.ForAll(
            Stories,
            story =>
                Run(story).States.All(
                    state =>
                        state.InFlight.Length + state.Ended.Length + state.Done == state.Begun && state.Begun <= story.Total
                            && state.Unknown <= state.Failed),
            1500);

    [Fact]
    public void Window_InEveryState_IsLimitedAndFeedsEverySlot() =>
        Properties.ForAll(
            Stories,
            story => Run(story).States.All(state =>
            {
                var window = Math.Max(32, 3 * state.Slots);
                return state.InFlight.Length <= window + BatchState.PageSize
                    && (
                        state.NextStep(Start) is not BatchStep.Wait || state.CancelRequested || state.Begun == story.Total
                            || state.InFlight.Length > state.Slots);
            }),
            1500);

    [Fact]
    public void NextStep_Wait_HasItemsInFlightAndATimeLimit() =>
        Properties.ForAll(
            Stories,
            story =>
                Run(story).Waits.All(
                    wait => !wait.State.InFlight.IsEmpty && wait.Until > wait.At && wait.Until - wait.At <= TimeSpan.FromSeconds(60)),
            1500);

    [Fact]
    public void NextStep_AfterACancel_StartsNothing() =>
        Properties.ForAll(
            Stories.Where(story => story.CancelAt < int.MaxValue),
            story =>
                Run(story).States.Where(
                    state => state.CancelRequested && state.StartInDoubt == 0).All(state => state.NextStep(Start) is not BatchStep.Start),
            1000);

    [Fact]
    public void End_RepeatedOrUnknownItem_ChangesNothing()
    {
        var state = new BatchState { Ticket = Ticket(3) }.Started(new StartedItems(["1.0", "2.0", "3.0"], 30, 1), Start).End("2.0", Start);
        Assert.Same(state, state.End("2.0", Start));
        Assert.Same(state, state.End("9.0", Start));
    }

    [Fact]
    public void PerMinute_EndedItems_GivesTheRecentPace()
    {
        var pace = new BatchPace().With(30, Start.AddSeconds(20)).With(30, Start.AddSeconds(80));
        Assert.Equal(30, pace.PerMinute(Start, Start.AddMinutes(2))!.Value, 0.001);
        Assert.Null(new BatchPace().PerMinute(Start, Start.AddMinutes(2)));
        Assert.Null(pace.PerMinute(Start, Start.AddHours(1)));
    }

    // Runs a batch to its end. Events arrive, get lost or arrive early, as a random generator decides. Its seed makes each run repeatable.
    private static Played Run(Story story)
    {
        var random = new Random(story.Seed);
        var state = new BatchState { Ticket = Ticket(story.Total) };
        var played = new Played();
        var running = new List<string>();
        var over = new HashSet<string>(StringComparer.Ordinal);
        var now = Start;
        for (var round = 0; round < 20_000; round++)
        {
            played.States.Add(state);
            if (round == story.CancelAt)
                state = state with { CancelRequested = true };
            now = now.AddMilliseconds(random.Next(400));
            foreach (var key in running.Where(_ => random.Next(6) == 0).ToArray())
            {
                running.Remove(key);
                over.Add(key);
                // One message in ten gets lost.
                state = random.Next(10) == 0 ? state : state.End(key, now);
            }

            var step = state.NextStep(now);
            switch (step)
            {
                case BatchStep.Start start:
                    string[] keys = [
                        .. Enumerable.Range(state.Begun + 1, Math.Min(start.Count, story.Total - state.Begun)).Select(line => $"{line}.0")];
                    if (random.Next(10) == 0)
                    {
                        // Some jobs had started when the step failed.
                        running.AddRange(keys.Take(random.Next(keys.Length + 1)).Except(running).Except(over));
                        state = state with { StartInDoubt = start.Count };
                        break;
                    }

                    state = state.Started(new StartedItems(keys, state.Next + (10 * keys.Length), story.Slots), now);
                    running.AddRange(keys.Except(running).Except(over));
                    played.Started.AddRange(keys);
                    break;
                case BatchStep.WriteDown write:
                    var asked = state.Ended.Take(write.Count).ToArray();
                    string[] early = [.. asked.Where(_ => random.Next(20) == 0)];
                    var written = asked.Except(early, StringComparer.Ordinal).ToArray();
                    played.Written.AddRange(written);
                    var failed = random.Next(written.Length + 1);
                    state = state.WroteDown(
                        new WrittenItems(
                            asked.Length,
                            state.ResultsAt + written.Length - failed,
                            state.ErrorsAt + failed)
                        {
                            Succeeded = written.Length - failed,
                            Failed = failed,
                            Unknown = failed / 2,
                            StillRunning = early
                        },
                        now);
                    break;
                case BatchStep.GiveUp give:
                    var count = Math.Min(give.Count, story.Total - state.Begun);
                    string[] givenUp = [.. Enumerable.Range(state.Begun + 1, count).Select(line => $"{line}.0")];
                    Assert.DoesNotContain(givenUp, key => running.Contains(key) || over.Contains(key));
                    played.Written.AddRange(givenUp);
                    state = state.GaveUp(
                        new GivenUpItems(
                            new WrittenItems(count, state.ResultsAt, state.ErrorsAt + count) { Canceled = count },
                            state.Next + (10 * count)),
                        now);
                    break;
                case BatchStep.Inspect inspect:
                    state = state.Inspected(state.InFlight.Take(inspect.Count).Where(over.Contains), now);
                    break;
                case BatchStep.Wait wait:
                    played.Waits.Add((state, now, wait.Until));
                    now = running.Count == 0 || random.Next(3) == 0 ? wait.Until : now;
                    break;
                default:
                    return played;
            }
        }

        throw new InvalidOperationException("The batch does not end.");
    }

    private static BatchTicket Ticket(int total) => new() { BatchId = "b", Items = "items", Total = total, CreatedAt = Start };

    private sealed record Story(int Total, int Slots, int Seed, int CancelAt);

    private sealed class Played
    {
        public List<BatchState> States { get; } = [];

        public List<string> Started { get; } = [];

        public List<string> Written { get; } = [];

        public List<(BatchState State, DateTime At, DateTime Until)> Waits { get; } = [];
    }
}
