using System.Globalization;

namespace Darkroom.EndToEnd.Chaos;

/// <summary>
/// How long the chaos lasts, and its seed. The seed repeats the random choices, but not the exact course: the processes are real, and their
/// requests come in another order each time.
/// </summary>
internal sealed record ChaosOptions(double Minutes, int Seed)
{
    /// <summary>The values of <c>DARKROOM_CHAOS_MINUTES</c> and <c>DARKROOM_SEED</c>; two minutes and a random seed without them.</summary>
    public static ChaosOptions Read() => new(
        double.TryParse(Environment.GetEnvironmentVariable("DARKROOM_CHAOS_MINUTES"), CultureInfo.InvariantCulture, out var minutes)
            ? minutes
            : 2,
        int.TryParse(Environment.GetEnvironmentVariable("DARKROOM_SEED"), out var seed) ? seed : Random.Shared.Next(1, 1_000_000));
}
