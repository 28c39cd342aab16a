using System.Runtime.InteropServices;

namespace Darkroom.ModelScope.Pictures;

/// <summary>A read-only stream over bytes in memory.</summary>
internal sealed class ReadOnlyMemoryStream(ReadOnlyMemory<byte> bytes) : MemoryStream(
    Array(bytes).Array!, Array(bytes).Offset, Array(bytes).Count, writable: false)
{
    private static ArraySegment<byte> Array(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) ? segment : new ArraySegment<byte>(bytes.ToArray());
}
