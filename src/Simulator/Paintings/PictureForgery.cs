using System.IO.Compression;
using Darkroom.Simulator.Paintings.Png;

namespace Darkroom.Simulator.Paintings;

/// <summary>Harmful pictures, for tests of the code that receives them.</summary>
public static class PictureForgery
{
    const long MaxPixelBytes = 16 * 1024 * 1024;

    /// <summary>
    /// A PNG of a few kilobytes whose header declares a very large size. Its pixel data ends after 16 MiB. More data is not needed: a
    /// reader that checks the size does so before it has read that much.
    /// </summary>
    public static void PngBomb(Stream destination, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);

        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            // Zero is valid everywhere: as a filter type it means "none", as a sample it means black.
            var zeros = new byte[8192];
            for (var left = Math.Min((width * 3L + 1) * height, MaxPixelBytes); left > 0; left -= zeros.Length)
                zlib.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }

        var chunks = new ChunkWriter(destination);
        chunks.WriteSignature();
        chunks.WriteHeader(width, height);
        chunks.Write("IDAT"u8, data.ToArray());
        chunks.Write("IEND"u8, []);
    }
}
