using System.IO.Compression;
using Darkroom.Simulator.Paintings.Png;

namespace Darkroom.Simulator.Paintings;

/// <summary>Writes a painting as PNG, row by row; memory grows with the width of the picture, never with its height.</summary>
public static class PngEncoder
{
    public static void Write(Painting painting, Stream destination, PngOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(painting);
        ArgumentNullException.ThrowIfNull(destination);
        options ??= PngOptions.Default;

        var chunks = new ChunkWriter(destination);
        chunks.WriteSignature();
        chunks.WriteHeader(painting.Width, painting.Height);
        chunks.WriteText("Comment", "AI generated");
        chunks.WriteInternationalText("Description", painting.Prompt);
        WritePixels(painting, chunks, options.CompressionLevel);
        if (options.PadToBytes > 0)
            Padding.Write(chunks, options.PadToBytes - chunks.BytesWritten - ChunkWriter.Overhead);
        chunks.Write("IEND"u8, []);
    }

    static void WritePixels(Painting painting, ChunkWriter chunks, CompressionLevel level)
    {
        var brush = painting.PickUpBrush();
        var filter = new UpFilter(painting.Width * 3);
        using var data = new DataChunkStream(chunks);
        using var zlib = new ZLibStream(data, level, leaveOpen: true);
        for (var y = 0; y < painting.Height; y++)
        {
            brush.PaintRow(y, filter.Row);
            zlib.Write(filter.Filtered());
        }
    }
}
