using Darkroom.Simulator.Paintings;

namespace Darkroom.Simulator.Tests.Paintings;

/// <summary>Encodes into memory, for the tests.</summary>
static class Encoded
{
    public static byte[] Png(Painting painting, PngOptions? options = null)
    {
        using var stream = new MemoryStream();
        PngEncoder.Write(painting, stream, options);
        return stream.ToArray();
    }

    public static byte[] Jpeg(Painting painting, int quality = 85)
    {
        using var stream = new MemoryStream();
        JpegEncoder.Write(painting, stream, quality);
        return stream.ToArray();
    }

    /// <summary>How much memory encoding takes in all, whether or not it is given back.</summary>
    public static long AllocatedBy(Action<Stream> encode)
    {
        encode(Stream.Null);
        var before = GC.GetAllocatedBytesForCurrentThread();
        encode(Stream.Null);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
