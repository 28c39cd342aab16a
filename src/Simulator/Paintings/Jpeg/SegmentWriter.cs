using System.Buffers.Binary;
using System.Text;

namespace Darkroom.Simulator.Paintings.Jpeg;

/// <summary>Writes everything in a JPEG file but the pixels: the marked segments before and after them.</summary>
sealed class SegmentWriter(Stream destination)
{
    const byte StartOfImage = 0xD8;
    const byte EndOfImage = 0xD9;
    const byte Jfif = 0xE0;
    const byte Comment = 0xFE;
    const byte Quantisation = 0xDB;
    const byte BaselineFrame = 0xC0;
    const byte Huffman = 0xC4;
    const byte StartOfScan = 0xDA;

    public void WriteStart()
    {
        WriteMarker(StartOfImage);
        // Version 1.1, square pixels, no thumbnail.
        Write(Jfif, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
    }

    public void WriteComment(string text) => Write(Comment, Encoding.ASCII.GetBytes(text));

    public void WriteQuantisation(QuantisationTable luminance, QuantisationTable chrominance)
    {
        Span<byte> tables = stackalloc byte[130];
        Put(luminance, 0, tables);
        Put(chrominance, 1, tables[65..]);
        Write(Quantisation, tables);

        static void Put(QuantisationTable table, byte number, Span<byte> into)
        {
            into[0] = number;
            for (var i = 0; i < 64; i++)
                into[i + 1] = table.Steps[ZigZag.Order[i]];
        }
    }

    /// <summary>8 bits a sample; luminance with 2x2 samples for one of each colour (4:2:0).</summary>
    public void WriteFrame(int width, int height)
    {
        Span<byte> frame = [8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
        BinaryPrimitives.WriteUInt16BigEndian(frame[1..], (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(frame[3..], (ushort)width);
        Write(BaselineFrame, frame);
    }

    public void WriteHuffmanTables()
    {
        Write(Huffman, [0x00, .. HuffmanTable.LuminanceDc.LengthCounts, .. HuffmanTable.LuminanceDc.Symbols]);
        Write(Huffman, [0x10, .. HuffmanTable.LuminanceAc.LengthCounts, .. HuffmanTable.LuminanceAc.Symbols]);
        Write(Huffman, [0x01, .. HuffmanTable.ChrominanceDc.LengthCounts, .. HuffmanTable.ChrominanceDc.Symbols]);
        Write(Huffman, [0x11, .. HuffmanTable.ChrominanceAc.LengthCounts, .. HuffmanTable.ChrominanceAc.Symbols]);
    }

    /// <summary>All three components in one scan, each with all its coefficients.</summary>
    public void WriteScanStart() => Write(StartOfScan, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);

    public void WriteEnd() => WriteMarker(EndOfImage);

    void WriteMarker(byte marker) => destination.Write([0xFF, marker]);

    void Write(byte marker, ReadOnlySpan<byte> content)
    {
        WriteMarker(marker);
        // The length counts its own two bytes.
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(content.Length + 2));
        destination.Write(length);
        destination.Write(content);
    }
}
