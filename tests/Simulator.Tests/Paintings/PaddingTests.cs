using System.IO.Compression;
using System.Text;
using Darkroom.Simulator.Paintings;
using MetadataExtractor;
using MetadataExtractor.Formats.Png;

namespace Darkroom.Simulator.Tests.Paintings;

/// <summary>Padding and text chunks of a PNG.</summary>
public sealed class PaddingTests
{
    private static readonly Painting Moon = new("moon", 6, 64, 64);

    [Theory]
    [InlineData(-1000, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 12)]
    [InlineData(11, 12)]
    [InlineData(12, 12)]
    [InlineData(13, 13)]
    [InlineData(5_000, 5_000)]
    [InlineData(3_000_000, 3_000_000)]
    public void Padding_ToASize_IsExactIfAChunkFits(int wanted, int added)
    {
        var plain = Png(Moon);

        var padded = Png(Moon, plain.Length + wanted);

        Assert.Equal(plain.Length + added, padded.Length);
        Assert.Equal(Pixels.In(plain).Colours, Pixels.In(padded).Colours);
        using var stream = new MemoryStream(padded);
        Assert.DoesNotContain(ImageMetadataReader.ReadMetadata(stream), directory => directory.HasError);
    }

    [Fact]
    public void Padding_Compressed_StaysLarge()
    {
        using var compressed = new MemoryStream();

        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Png(Moon, 200_000));

        Assert.True(compressed.Length > 180_000);
    }

    [Fact]
    public void Padding_OfManyMegabytes_IsNotHeldInMemory()
    {
        Moon.WritePng(Stream.Null);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Moon.WritePng(Stream.Null, padToBytes: 20_000_000);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Description_AnyPrompt_IsInTheFile()
    {
        var prompt = "one\0two \ud800 " + new string('长', 20_000);
        using var stream = new MemoryStream(Png(Moon with { Prompt = prompt }));

        var texts = PngMetadataReader.ReadMetadata(stream)
            .Select(directory => directory.GetObject(PngDirectory.TagTextualData))
            .OfType<IEnumerable<MetadataExtractor.KeyValuePair>>()
            .SelectMany(pairs => pairs)
            .ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(pair.Value.Bytes));

        Assert.Equal("AI generated", texts["Comment"]);
        Assert.Equal("one two \ufffd " + new string('长', 20_000), texts["Description"]);
    }

    private static byte[] Png(Painting painting, long padToBytes = 0)
    {
        using var file = new MemoryStream();
        painting.WritePng(file, padToBytes);
        return file.ToArray();
    }
}
