using System.Buffers.Binary;

namespace Darkroom.ModelScope.Pictures;

/// <summary>Reads the segments of a JPEG up to the frame header, which contains the size.</summary>
internal static class JpegHeader
{
    public static HeaderVerdict Read(ReadOnlySpan<byte> prefix, out PictureHeader header)
    {
        header = default;
        var at = 2;
        while (true)
        {
            if (at >= prefix.Length)
                return HeaderVerdict.NeedsMore;
            if (prefix[at] != 0xFF)
                return HeaderVerdict.NotAPicture;
            // A marker may be padded with any number of 0xFF bytes.
            while (at < prefix.Length && prefix[at] == 0xFF)
                at++;
            if (at + 2 >= prefix.Length)
                return HeaderVerdict.NeedsMore;

            var marker = prefix[at++];
            if (StandsAlone(marker))
                continue;
            // A scan, a second start, or the end of the picture comes before any frame header.
            if (marker is 0x00 or 0xD8 or 0xD9 or 0xDA)
                return HeaderVerdict.NotAPicture;

            var length = BinaryPrimitives.ReadUInt16BigEndian(prefix[at..]);
            if (length < 2)
                return HeaderVerdict.NotAPicture;
            if (!IsFrame(marker))
            {
                at += length;
                continue;
            }

            if (at + 7 > prefix.Length)
                return HeaderVerdict.NeedsMore;
            return HeaderReader.Found(
                PictureFormat.Jpeg,
                BinaryPrimitives.ReadUInt16BigEndian(prefix[(at + 5)..]),
                BinaryPrimitives.ReadUInt16BigEndian(prefix[(at + 3)..]),
                out header);
        }
    }

    private static bool StandsAlone(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD7);

    // SOF0 to SOF15, without the markers in that range that are no frame headers: DHT, JPG, DAC.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
