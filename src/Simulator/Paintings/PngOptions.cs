using System.IO.Compression;

namespace Darkroom.Simulator.Paintings;

/// <summary>How a PNG is written.</summary>
public sealed record PngOptions
{
    public static PngOptions Default { get; } = new();

    /// <summary>
    /// The size the file is filled up to, or 0 for none. The file then has exactly that many bytes, unless the picture alone
    /// comes within twelve bytes of it or beyond: twelve is the least that a filling takes.
    /// </summary>
    public long PadToBytes { get; init; }

    public CompressionLevel CompressionLevel { get; init; } = CompressionLevel.Fastest;
}
