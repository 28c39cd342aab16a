using Darkroom.Batches;
using Darkroom.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Darkroom.Functions.Tests.Batches;

/// <summary>Whatever happens to a batch, and in whatever order: it adds up, it stays small, and it comes to an end.</summary>
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
    public void Every_item_is_started_once_and_written_down_once() =>
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
    public void Counts_always_add_up() =>
        Properties.ForAll(
            Stories,
            story =>
                Run(story).States.All(
                    state =>
                        state.InFlight.Length + state.Ended.Length + state.Done == state.Begun && state.Begun <= story.Total
                            && state.Unknown <= state.Failed),
            1500);

    [Fact]
    public void The_window_bounds_what_it_carries_and_feeds_every_slot() =>
        Properties.ForAll(
            Stories,
            story => Run(story).States.All(state =>
            {
                var window = Math.Max(32, 3 * state.Slots);
                return state.InFlight.Length <= window + BatchState.PageSize
                    && (
                        state.NextStep(Start).Act != BatchAct.Wait || state.CancelRequested || state.Begun == story.Total
                            || state.InFlight.Length > state.Slots);
            }),
            1500);

    [Fact]
    public void It_waits_only_for_what_can_come_and_only_for_a_while() =>
        Properties.ForAll(
            Stories,
            story =>
                Run(story).Waits.All(
                    wait => !wait.State.InFlight.IsEmpty && wait.Until > wait.At && wait.Until - wait.At <= TimeSpan.FromSeconds(60)),
            1500);

    [Fact]
    public void After_a_cancel_nothing_is_started() =>
        Properties.ForAll(
            Stories.Where(story => story.CancelAt < int.MaxValue),
            story =>
                Run(story).States.Where(
                    state => state.CancelRequested && state.StartInDoubt == 0).All(state => state.NextStep(Start).Act != BatchAct.Start),
            1000);

    [Fact]
    public void An_end_that_is_told_twice_or_of_a_stranger_changes_nothing()
    {
        var state = new BatchState { Ticket = Ticket(3) }.Started(new StartedItems(["1.0", "2.0", "3.0"], 30, 1), Start).End("2.0", Start);
        Assert.Same(state, state.End("2.0", Start));
        Assert.Same(state, state.End("9.0", Start));
    }

    [Fact]
    public void A_pace_is_what_ended_in_the_time_that_passed()
    {
        var pace = new BatchPace().With(30, Start.AddSeconds(20)).With(30, Start.AddSeconds(80));
        Assert.Equal(30, pace.PerMinute(Start, Start.AddMinutes(2))!.Value, 0.001);
        Assert.Null(new BatchPace().PerMinute(Start, Start.AddMinutes(2)));
        Assert.Null(pace.PerMinute(Start, Start.AddHours(1)));
    }

    // Plays a batch to its end: events come, get lost, come early; the world is a random number and so can be told again.
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
                // One word in ten gets lost.
                state = random.Next(10) == 0 ? state : state.End(key, now);
            }

            var step = state.NextStep(now);
            switch (step.Act)
            {
                case BatchAct.Start:
                    string[] keys = [
                        .. Enumerable.Range(state.Begun + 1, Math.Min(step.Count, story.Total - state.Begun)).Select(line => $"{line}.0")];
                    if (random.Next(10) == 0)
                    {
                        // Some had begun when it failed.
                        running.AddRange(keys.Take(random.Next(keys.Length + 1)).Except(running).Except(over));
                        state = state with { StartInDoubt = step.Count };
                        break;
                    }

                    state = state.Started(new StartedItems(keys, state.Next + (10 * keys.Length), story.Slots), now);
                    running.AddRange(keys.Except(running).Except(over));
                    played.Started.AddRange(keys);
                    break;
                case BatchAct.WriteDown:
                    var asked = state.Ended.Take(step.Count).ToArray();
                    string[] early = [.. asked.Where(_ => random.Next(20) == 0)];
                    var written = asked.Except(early, StringComparer.Ordinal).ToArray();
                    played.Written.AddRange(written);
                    var failed = random.Next(written.Length + 1);
                    state = state.WroteDown(
                        new WrittenItems(
                            asked.Length,
                            state.ResultsAt + written.Length - failed,
                            state.ErrorsAt + failed) { Succeeded = written.Length - failed, Failed = failed, Unknown = failed / 2,
                            StillRunning = early },
                        now);
                    break;
                case BatchAct.GiveUp:
                    var count = Math.Min(step.Count, story.Total - state.Begun);
                    string[] givenUp = [.. Enumerable.Range(state.Begun + 1, count).Select(line => $"{line}.0")];
                    Assert.DoesNotContain(givenUp, key => running.Contains(key) || over.Contains(key));
                    played.Written.AddRange(givenUp);
                    state = state.GaveUp(
                        new GivenUpItems(
                            new WrittenItems(count, state.ResultsAt, state.ErrorsAt + count) { Canceled = count },
                            state.Next + (10 * count)),
                        now);
                    break;
                case BatchAct.Inspect:
                    state = state.Inspected(state.InFlight.Take(step.Count).Where(over.Contains), now);
                    break;
                case BatchAct.Wait:
                    played.Waits.Add((state, now, step.Until));
                    now = running.Count == 0 || random.Next(3) == 0 ? step.Until : now;
                    break;
                default:
                    return played;
            }
        }

        throw new InvalidOperationException("It does not come to an end.");
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
