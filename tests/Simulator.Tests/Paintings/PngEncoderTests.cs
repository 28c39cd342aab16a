using System.IO.Compression;
using System.Text;
using Darkroom.Simulator.Paintings;
using MetadataExtractor;
using MetadataExtractor.Formats.FileType;
using MetadataExtractor.Formats.Png;

namespace Darkroom.Simulator.Tests.Paintings;

public sealed class PngEncoderTests
{
    public static TheoryData<int, int> Sizes { get; } = new() { { 1, 1 }, { 1, 7 }, { 17, 9 }, { 64, 64 }, { 800, 600 }, { 1440, 1440 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void An_independent_reader_finds_the_format_the_size_and_the_label(int width, int height)
    {
        using var stream = new MemoryStream(Encoded.Png(new Painting("a lighthouse, 灯塔", 1, width, height)));

        var directories = ImageMetadataReader.ReadMetadata(stream);

        Assert.DoesNotContain(directories, directory => directory.HasError);
        Assert.Equal("PNG", directories.OfType<FileTypeDirectory>().Single().GetString(FileTypeDirectory.TagDetectedFileTypeName));
        var header = directories.OfType<PngDirectory>().First();
        Assert.Equal((width, height), (header.GetInt32(PngDirectory.TagImageWidth), header.GetInt32(PngDirectory.TagImageHeight)));
        // From the bytes, for this reader takes the UTF-8 of an iTXt chunk for Latin-1.
        var texts = directories
            .Select(directory => directory.GetObject(PngDirectory.TagTextualData))
            .OfType<IEnumerable<MetadataExtractor.KeyValuePair>>()
            .SelectMany(pairs => pairs)
            .ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(pair.Value.Bytes));
        Assert.Equal("AI generated", texts["Comment"]);
        Assert.Equal("a lighthouse, 灯塔", texts["Description"]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_pixel_is_as_painted_and_every_checksum_holds(int width, int height)
    {
        var painting = new Painting("sea", 2, width, height);

        var png = PngReader.Read(Encoded.Png(painting));

        Assert.Equal(Pixels.Of(painting).Rgb, png.Decode().Rgb);
        Assert.Equal("IHDR", png.Chunks[0].Type);
        Assert.Equal("IEND", png.Chunks[^1].Type);
        Assert.All(png.Chunks, chunk => Assert.InRange(chunk.Data.Length, 0, 32 * 1024));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Every_compression_level_keeps_the_pixels(CompressionLevel level)
    {
        var painting = new Painting("forest", 3, 70, 50);

        var png = Encoded.Png(painting, new PngOptions { CompressionLevel = level });

        Assert.Equal(Pixels.Of(painting).Rgb, PngReader.Read(png).Decode().Rgb);
    }

    [Fact]
    public void The_same_painting_gives_the_same_file()
    {
        var options = new PngOptions { PadToBytes = 100_000 };

        Assert.Equal(
            Encoded.Png(new Painting("red", 4, 90, 60), options),
            Encoded.Png(new Painting("red", 4, 90, 60), options));
    }

    [Fact]
    public void Any_prompt_fits_into_the_description()
    {
        var prompt = "one\0two \ud800 " + new string('长', 20_000);

        var png = PngReader.Read(Encoded.Png(new Painting(prompt, 5, 3, 3)));

        var description = png.Chunks.Single(chunk => chunk.Type == "iTXt").Data;
        Assert.Equal("Description\0\0\0\0\0one two \ufffd " + new string('长', 20_000), Encoding.UTF8.GetString(description));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(5_000)]
    [InlineData(3_000_000)]
    public void Padding_reaches_the_size_asked_for_exactly(int extra)
    {
        var painting = new Painting("moon", 6, 64, 64);
        var size = Encoded.Png(painting).Length + extra;

        var padded = Encoded.Png(painting, new PngOptions { PadToBytes = size });

        Assert.Equal(size, padded.Length);
        Assert.Equal(Pixels.Of(painting).Rgb, PngReader.Read(padded).Decode().Rgb);
        using var stream = new MemoryStream(padded);
        Assert.DoesNotContain(ImageMetadataReader.ReadMetadata(stream), directory => directory.HasError);
    }

    [Theory]
    [InlineData(-1000, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 12)]
    [InlineData(11, 12)]
    public void Padding_smaller_than_a_chunk_gives_at_least_the_size_asked_for(int extra, int expected)
    {
        var painting = new Painting("moon", 6, 64, 64);
        var size = Encoded.Png(painting).Length;

        var padded = Encoded.Png(painting, new PngOptions { PadToBytes = size + extra });

        Assert.Equal(size + expected, padded.Length);
        Assert.Equal(Pixels.Of(painting).Rgb, PngReader.Read(padded).Decode().Rgb);
    }

    [Fact]
    public void Padding_does_not_compress()
    {
        var padded = Encoded.Png(new Painting("", 7, 1, 1), new PngOptions { PadToBytes = 200_000 });

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(padded);
        Assert.True(compressed.Length > 199_000);
    }

    [Fact]
    public void The_widest_picture_takes_less_than_two_megabytes()
    {
        var allocated = Encoded.AllocatedBy(stream => PngEncoder.Write(
            new Painting("forest lake with an aurora", 8, 8192, 24), stream, new PngOptions { PadToBytes = 20_000_000 }));

        Assert.InRange(allocated, 0, 2_000_000);
    }

    [Fact]
    public void A_higher_picture_takes_hardly_more_memory()
    {
        var low = Encoded.AllocatedBy(stream => PngEncoder.Write(new Painting("sea", 9, 256, 256), stream));
        var high = Encoded.AllocatedBy(stream => PngEncoder.Write(new Painting("sea", 9, 256, 4096), stream));

        Assert.InRange(high - low, -100_000, 100_000);
    }
}
