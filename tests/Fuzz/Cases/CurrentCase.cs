using System.IO.MemoryMappedFiles;
using System.Text;

namespace Darkroom.Fuzz.Cases;

/// <summary>
/// The case that runs now, in a mapped file. The file survives the process, so the input of a stack overflow or of an endless loop is known
/// afterwards.
/// </summary>
internal sealed unsafe class CurrentCase : IDisposable
{
    private const int HeaderBytes = 64;
    private const int MostBytes = 8 << 20;
    private const int NumberAt = 0;
    private const int LengthAt = 8;
    private const int NameAt = 16;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _memory;

    /// <summary>Creates the file.</summary>
    public CurrentCase()
    {
        Directory.CreateDirectory(FuzzOptions.Folder);
        _file = MemoryMappedFile.CreateFromFile(FilePath, FileMode.Create, mapName: null, HeaderBytes + MostBytes);
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _memory);
    }

    private static string FilePath => Path.Combine(FuzzOptions.Folder, "current-case");

    /// <summary>Notes the name of the target whose cases follow.</summary>
    public void Begin(string target)
    {
        var name = new Span<byte>(_memory + NameAt, HeaderBytes - NameAt);
        name.Clear();
        Encoding.ASCII.GetBytes(target, name);
    }

    /// <summary>Notes the case that is about to run.</summary>
    public void Write(long number, ReadOnlySpan<byte> input)
    {
        *(long*)(_memory + NumberAt) = number;
        *(int*)(_memory + LengthAt) = input.Length;
        input.CopyTo(new Span<byte>(_memory + HeaderBytes, MostBytes));
    }

    /// <summary>Reads the last case of a process that has ended; null if it ran none.</summary>
    public static (string Target, long Number, byte[] Input)? ReadLast()
    {
        if (!File.Exists(FilePath))
            return null;
        var file = File.ReadAllBytes(FilePath);
        var name = Encoding.ASCII.GetString(file, NameAt, HeaderBytes - NameAt).TrimEnd('\0');
        var length = BitConverter.ToInt32(file, LengthAt);
        return name.Length == 0 ? null : (name, BitConverter.ToInt64(file, NumberAt), file[HeaderBytes..(HeaderBytes + length)]);
    }

    /// <summary>Deletes the file, if there is one.</summary>
    public static void Delete()
    {
        if (File.Exists(FilePath))
            File.Delete(FilePath);
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
