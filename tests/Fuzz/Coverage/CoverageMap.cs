using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Darkroom.Fuzz.Coverage;

/// <summary>
/// Counts how often a case went from one block of code to another. The instrumented assemblies write to it, as those of afl-fuzz do.
/// </summary>
internal sealed unsafe class CoverageMap
{
    private const int Size = 1 << 16;

    private readonly byte* _hits = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    // The memory is never freed, because instrumented code on other threads may write to it until the process ends.
    public CoverageMap() => Trace.SharedMem = _hits;

    /// <summary>Begins another case.</summary>
    public void Clear()
    {
        new Span<byte>(_hits, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Forgets what earlier cases reached.</summary>
    public void Forget() => Array.Clear(_seen);

    /// <summary>Whether the case reached something that no case before it reached. From now on it counts as reached.</summary>
    public bool TakeNew()
    {
        var isNew = false;
        var words = new ReadOnlySpan<ulong>(_hits, Size / sizeof(ulong));
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] == 0)
                continue;
            for (var at = word * sizeof(ulong); at < (word + 1) * sizeof(ulong); at++)
            {
                var bucket = BucketOf(_hits[at]);
                isNew |= (_seen[at] & bucket) != bucket;
                _seen[at] |= bucket;
            }
        }

        return isNew;
    }

    // A loop that runs 40 times instead of 39 is nothing new; one that runs twice instead of once may be.
    private static byte BucketOf(byte hits) => hits switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
