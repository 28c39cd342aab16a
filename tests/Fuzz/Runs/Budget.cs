using System.Diagnostics;

namespace Darkroom.Fuzz.Runs;

/// <summary>How long a target is fuzzed: a number of cases, so that each run is the same, or a time.</summary>
internal sealed record Budget(long? Cases, TimeSpan? Time)
{
    private readonly long _began = Stopwatch.GetTimestamp();

    public TimeSpan Used => Stopwatch.GetElapsedTime(_began);

    public bool IsUsedUp(long cases) => cases >= Cases || Used >= Time;
}
