using System.Buffers.Binary;

namespace Darkroom.LocalHost.Journal;

/// <summary>The first bytes of a segment: what it is, and in which version of the format.</summary>
internal static class SegmentHeader
{
    public const int Length = 16;

    /// <summary>Raised when an older LocalHost could misread what this one writes.</summary>
    public const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "DarkJrnl"u8;

    public static byte[] Write(int segment)
    {
        var header = new byte[Length];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), segment);
        return header;
    }

    /// <summary>False when the header is not whole, which only happens to a segment that was being made during a crash.</summary>
    /// <exception cref="JournalException">It is something else than a journal, or one from a newer version.</exception>
    public static bool Check(ReadOnlySpan<byte> bytes, int segment)
    {
        if (bytes.Length < Length || bytes[..Length].IndexOfAnyExcept((byte)0) < 0)
            return false;
        if (!bytes.StartsWith(Magic))
            throw new JournalException($"Segment {segment} of the journal is not a journal. Move the directory away, or choose another.");

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version > Version)
            throw new JournalException($"The journal was written by a newer version (format {version}, this one reads {Version}). Start that version, or choose another directory.");
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]) != segment)
            throw new JournalException($"Segment {segment} of the journal holds another segment: its files were renamed or mixed.");
        return true;
    }
}
