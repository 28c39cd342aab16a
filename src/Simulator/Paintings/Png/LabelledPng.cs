namespace Darkroom.Simulator.Paintings.Png;

/// <summary>Copies a PNG and adds what its encoder does not write: text chunks that describe its origin, and padding.</summary>
internal static class LabelledPng
{
    // Every PNG starts with the signature (8 bytes) and the header chunk (13 bytes of data), and ends with an empty chunk.
    private const int Start = 8 + 13 + ChunkWriter.Overhead;
    private const int End = ChunkWriter.Overhead;

    public static void Write(ReadOnlySpan<byte> png, string description, long padToBytes, Stream destination)
    {
        var chunks = new ChunkWriter(destination);
        chunks.Copy(png[..Start]);
        chunks.WriteText("Comment", "AI generated");
        chunks.WriteInternationalText("Description", description);
        chunks.Copy(png[Start..^End]);
        if (padToBytes > 0)
            Padding.Write(chunks, padToBytes - chunks.BytesWritten - End);
        chunks.Copy(png[^End..]);
    }
}
