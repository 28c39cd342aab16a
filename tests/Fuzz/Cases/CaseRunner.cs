using System.Diagnostics;
using Darkroom.Fuzz.Coverage;
using Darkroom.Fuzz.Targets;

namespace Darkroom.Fuzz.Cases;

/// <summary>Runs single cases and measures them.</summary>
internal sealed class CaseRunner : IDisposable
{
    private readonly CasePump _pump = new();
    private readonly CurrentCase _current = new();
    private readonly Watchdog _watchdog = new();
    private long _number;

    /// <summary>Makes this thread the one that runs the cases.</summary>
    public CaseRunner() => SynchronizationContext.SetSynchronizationContext(_pump);

    /// <summary>The code that the last case reached.</summary>
    public CoverageMap Coverage { get; } = new();

    /// <summary>Begins the cases of a target.</summary>
    public void Begin(FuzzTarget target)
    {
        _number = 0;
        _current.Begin(target.Name);
        Coverage.Forget();
    }

    public CaseOutcome Run(FuzzTarget target, byte[] input)
    {
        _current.Write(++_number, input);
        _watchdog.Begin(_number);
        Coverage.Clear();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = Stopwatch.GetTimestamp();
        Exception? failure = null;
        try
        {
            _pump.Complete(target.RunAsync(input));
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        var took = Stopwatch.GetElapsedTime(began);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        _watchdog.End();
        return new CaseOutcome(took, allocated, failure);
    }

    public void Dispose()
    {
        _watchdog.Dispose();
        _current.Dispose();
    }
}

/// <summary>What a case did.</summary>
/// <param name="Took">How long it took.</param>
/// <param name="Allocated">How many bytes it allocated.</param>
/// <param name="Failure">The exception that the target does not allow; null if there was none.</param>
internal readonly record struct CaseOutcome(TimeSpan Took, long Allocated, Exception? Failure);
