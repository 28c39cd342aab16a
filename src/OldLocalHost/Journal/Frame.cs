using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Darkroom.LocalHost.Journal;

/// <summary>
/// How a record lies in a segment: its length, a checksum over what follows, the position of the record before it in the same instance's
/// chain, and its payload. The link is what lets a finished instance be read back from its last record alone.
/// </summary>
internal static class Frame
{
    public const int HeaderLength = 4 + 4 + 4 + 8;
    private const int LinkOffset = 8;

    /// <summary>Leaves room for the header; returns where the frame begins.</summary>
    public static int Begin(RecordWriter to)
    {
        var start = to.Length;
        to.Reserve(HeaderLength);
        return start;
    }

    public static void End(RecordWriter to, int start, JournalPosition previous)
    {
        var frame = to.From(start);
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(frame[LinkOffset..], previous.Segment);
        BinaryPrimitives.WriteInt64LittleEndian(frame[(LinkOffset + 4)..], previous.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(frame));
    }

    /// <summary>The whole frame at the beginning of <paramref name="bytes"/>; false when there is none, or not all of it, or not as it was written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload, out JournalPosition previous)
    {
        payload = default;
        previous = default;
        if (bytes.Length < HeaderLength)
            return false;

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        // A record always has a payload: a run of zeros, as torn files end in, is none.
        if (length <= 0 || length > bytes.Length - HeaderLength)
            return false;

        var frame = bytes[..(HeaderLength + length)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) != Checksum(frame))
            return false;

        payload = frame[HeaderLength..];
        previous = new JournalPosition(BinaryPrimitives.ReadInt32LittleEndian(frame[LinkOffset..]), BinaryPrimitives.ReadInt64LittleEndian(frame[(LinkOffset + 4)..]));
        return true;
    }

    /// <summary>How long the frame is whose header stands at the beginning of <paramref name="header"/>.</summary>
    public static int LengthOf(ReadOnlySpan<byte> header) => HeaderLength + BinaryPrimitives.ReadInt32LittleEndian(header);

    // CRC-32C over length, link and payload, eight bytes at a time: processors have an instruction for it.
    private static uint Checksum(ReadOnlySpan<byte> frame)
    {
        var crc = BitOperations.Crc32C(~0u, BinaryPrimitives.ReadUInt32LittleEndian(frame));
        var rest = frame[LinkOffset..];
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(rest))
            crc = BitOperations.Crc32C(crc, eight);
        foreach (var one in rest[(rest.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
