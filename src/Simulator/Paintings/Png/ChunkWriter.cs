using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Darkroom.Simulator.Paintings.Png;

/// <summary>Writes PNG chunks: length, type, data, checksum.</summary>
internal sealed class ChunkWriter(Stream destination)
{
    /// <summary>The size of a chunk without its data: length, type and checksum.</summary>
    public const int Overhead = 12;

    private readonly Crc32 _checksum = new();

    public long BytesWritten { get; private set; }

    public void WriteSignature() => Copy([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

    public void WriteHeader(int width, int height)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8; // bits per sample
        header[9] = 2; // red, green, blue
        header[10..].Clear(); // deflate, the five standard filters, no interlacing
        Write("IHDR"u8, header);
    }

    /// <summary>Writes a Latin-1 text chunk, which every PNG reader supports.</summary>
    public void WriteText(string keyword, string text) => Write("tEXt"u8, Encoding.Latin1.GetBytes($"{keyword}\0{text}"));

    /// <summary>Writes a UTF-8 text chunk. The empty fields mean: not compressed, no language, no translated keyword.</summary>
    public void WriteInternationalText(string keyword, string text)
    {
        // A zero byte would end a field early.
        Write("iTXt"u8, Encoding.UTF8.GetBytes($"{keyword}\0\0\0\0\0{text.Replace('\0', ' ')}"));
    }

    public void Write(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Begin(type, data.Length);
        Continue(data);
        End();
    }

    /// <summary>Starts a chunk whose data is written in parts. The length must be known, because PNG stores it before the data.</summary>
    public void Begin(ReadOnlySpan<byte> type, int length)
    {
        CopyNumber((uint)length);
        Continue(type);
    }

    public void Continue(ReadOnlySpan<byte> data)
    {
        _checksum.Append(data);
        Copy(data);
    }

    public void End()
    {
        CopyNumber(_checksum.GetCurrentHashAsUInt32());
        _checksum.Reset();
    }

    /// <summary>Copies bytes that already have the PNG format.</summary>
    public void Copy(ReadOnlySpan<byte> bytes)
    {
        destination.Write(bytes);
        BytesWritten += bytes.Length;
    }

    private void CopyNumber(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        Copy(bytes);
    }
}
