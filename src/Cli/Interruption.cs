using System.Runtime.InteropServices;

namespace Darkroom.Cli;

/// <summary>Ctrl-C, a request to end, and the end of the terminal, as a token: each command says itself what it leaves behind.</summary>
internal sealed partial class Interruption : IDisposable
{
    private const int Interrupt = 2;
    private const nint UsualHandling = 0;

    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption()
    {
        // A shell without job control starts what it puts into the background with Ctrl-C ignored, and .NET leaves that so. Whoever sends
        // the signal to this process means it. A hang-up that is ignored stays ignored: that is nohup.
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
