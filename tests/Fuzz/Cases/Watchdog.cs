using System.Diagnostics;

namespace Darkroom.Fuzz.Cases;

/// <summary>
/// Ends the process when a case does not end. The limit counts the time of the processor, so that a machine with other work to do does not
/// make a finding; a case that waits for nothing is found by the second limit.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>The exit code of a process that was ended because of a hang.</summary>
    public const int HangExitCode = 86;

    private static readonly TimeSpan MostComputing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostWaiting = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _end = new();
    private readonly Process _process = Process.GetCurrentProcess();

    // The number of the case that runs; 0 between cases.
    private long _running;

    public Watchdog() => new Thread(Watch) { IsBackground = true, Name = "watchdog" }.Start();

    public void Begin(long number) => Volatile.Write(ref _running, number);

    public void End() => Volatile.Write(ref _running, 0);

    public void Dispose() => _end.Cancel();

    private void Watch()
    {
        long watched = 0;
        var (computed, began) = (TimeSpan.Zero, 0L);
        while (!_end.Token.WaitHandle.WaitOne(BetweenLooks))
        {
            var running = Volatile.Read(ref _running);
            if (running != watched)
            {
                watched = running;
                (computed, began) = (Computed(), Stopwatch.GetTimestamp());
            }
            else if (running != 0 && (Computed() - computed > MostComputing || Stopwatch.GetElapsedTime(began) > MostWaiting))
            {
                // A thread cannot be stopped from outside. The supervisor saves the input and starts another worker.
                Environment.Exit(HangExitCode);
            }
        }
    }

    private TimeSpan Computed()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }
}
