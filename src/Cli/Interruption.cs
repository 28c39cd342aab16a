using System.Runtime.InteropServices;

namespace Darkroom.Cli;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP into a cancellation token, so that a command can print what continues to run before it exits.
/// </summary>
internal sealed partial class Interruption : IDisposable
{
    private const int Interrupt = 2;
    private const nint UsualHandling = 0;

    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption()
    {
        // A shell without job control starts background processes with SIGINT ignored, and .NET keeps it ignored. A SIGINT that is sent to
        // this process must still end it, so restore the default handling. An ignored SIGHUP stays ignored, because nohup relies on that.
        if (!OperatingSystem.IsWindows())
            _ = SetHandling(Interrupt, UsualHandling);
        _registrations = [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(
                signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    public CancellationToken Token => _interrupted.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _interrupted.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandling(int signal, nint handling);

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _interrupted.Cancel();
    }
}
