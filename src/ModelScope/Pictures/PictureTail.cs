namespace Darkroom.ModelScope.Pictures;

/// <summary>
/// Remembers the last bytes of a stream, to tell a whole picture from one that was cut where nobody noticed. Formats end in a mark of
/// their own; a little may follow it (padding, metadata appended by a camera or a proxy).
/// </summary>
internal sealed class PictureTail
{
    private const int Kept = 1024;
    private readonly byte[] _last = new byte[Kept];
    private int _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Kept)
        {
            bytes[^Kept..].CopyTo(_last);
            _length = Kept;
            return;
        }

        var keep = Math.Min(_length, Kept - bytes.Length);
        _last.AsSpan(_length - keep, keep).CopyTo(_last);
        bytes.CopyTo(_last.AsSpan(keep));
        _length = keep + bytes.Length;
    }

    public bool Ends(PictureFormat format)
    {
        var tail = _last.AsSpan(0, _length);
        return format switch
        {
            PictureFormat.Png => tail.LastIndexOf("IEND"u8) >= 0,
            PictureFormat.Jpeg => tail.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0,
            PictureFormat.Gif => tail.LastIndexOf((byte)0x3B) >= 0,
            // A WebP has no end mark: its length stands in the header, and the HTTP length is checked anyway.
            _ => true,
        };
    }
}
