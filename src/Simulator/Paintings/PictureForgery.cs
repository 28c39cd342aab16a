using System.IO.Compression;
using Darkroom.Simulator.Paintings.Png;

namespace Darkroom.Simulator.Paintings;

/// <summary>Pictures that are wrong on purpose, for trying out whoever receives them.</summary>
public static class PictureForgery
{
    const long MostPixelBytes = 16 * 1024 * 1024;

    /// <summary>
    /// A well-formed PNG of a few kilobytes that claims to be enormous. Its data stop after 16 MB, for a reader that has not
    /// refused the size by then will not be stopped by the rest either.
    /// </summary>
    public static void PngBomb(Stream destination, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);

        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            // Zeros are right in any place: as a filter they say "none", as a sample black.
            var zeros = new byte[8192];
            for (var left = Math.Min((width * 3L + 1) * height, MostPixelBytes); left > 0; left -= zeros.Length)
                zlib.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }

        var chunks = new ChunkWriter(destination);
        chunks.WriteSignature();
        chunks.WriteHeader(width, height);
        chunks.Write("IDAT"u8, data.ToArray());
        chunks.Write("IEND"u8, []);
    }
}
