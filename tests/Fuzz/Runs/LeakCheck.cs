using System.Diagnostics;

namespace Darkroom.Fuzz.Runs;

/// <summary>Compares what the process holds at the end of a target with what it held at the beginning.</summary>
internal sealed class LeakCheck
{
    // Array pools keep what they were given back.
    private const long MemoryTolerance = 48 << 20;
    private const int HandleTolerance = 16;

    private readonly long _memory = Memory();
    private readonly int _handles = Handles();

    /// <summary>What has grown; null if nothing has.</summary>
    public string? Problem()
    {
        var (memory, handles) = (Memory() - _memory, Handles() - _handles);
        if (memory > MemoryTolerance)
            return $"The process holds {memory >> 20} MiB more than at the beginning.";
        return handles > HandleTolerance ? $"The process has {handles} more open handles than at the beginning." : null;
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static int Handles()
    {
        using var process = Process.GetCurrentProcess();
        return process.HandleCount;
    }
}
