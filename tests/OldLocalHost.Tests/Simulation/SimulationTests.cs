using System.Globalization;

namespace Darkroom.LocalHost.Tests.Simulation;

public sealed class SimulationTests
{
    /// <summary>DARKROOM_SEED runs one seed only, to see again what failed; DARKROOM_SEEDS says how many otherwise.</summary>
    [Fact]
    public void Whatever_crashes_fails_or_comes_twice_what_was_acknowledged_holds()
    {
        if (Environment.GetEnvironmentVariable("DARKROOM_SEED") is { Length: > 0 } one)
        {
            using var again = new SimulatedRun(int.Parse(one, CultureInfo.InvariantCulture));
            again.Run();
            return;
        }

        var seeds = int.Parse(Environment.GetEnvironmentVariable("DARKROOM_SEEDS") ?? "10000", CultureInfo.InvariantCulture);
        var crashes = 0;
        Parallel.For(0, seeds, seed =>
        {
            try
            {
                using var run = new SimulatedRun(seed);
                run.Run();
                Interlocked.Add(ref crashes, run.Crashes);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed} fails: {exception.Message} Run it again with DARKROOM_SEED={seed}.", exception);
            }
        });
        Assert.True(crashes > seeds, $"Only {crashes} crashes in {seeds} seeds.");
    }
}
