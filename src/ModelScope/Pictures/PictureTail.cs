namespace Darkroom.ModelScope.Pictures;

/// <summary>
/// Keeps the last bytes of a stream to detect a truncated picture whose transfer reported no error. Most formats have an end marker. A few
/// bytes may follow it, such as padding or appended metadata, so all kept bytes are searched for the marker.
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
            // One byte is too short to be searched for: it occurs in the data of nearly every picture.
            PictureFormat.Gif => tail.TrimEnd((byte)0) is [.., 0x3B],
            // WebP has no end marker. For it, only the length that the host announced is checked.
            _ => true,
        };
    }
}
