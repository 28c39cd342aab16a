using Darkroom.Simulator.Paintings;
using MetadataExtractor;
using MetadataExtractor.Formats.FileType;
using MetadataExtractor.Formats.Jpeg;

namespace Darkroom.Simulator.Tests.Paintings;

public sealed class JpegEncoderTests
{
    public static TheoryData<int, int> Sizes { get; } = new() { { 1, 1 }, { 1, 7 }, { 17, 9 }, { 64, 64 }, { 800, 600 }, { 1440, 1440 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void An_independent_reader_finds_the_format_the_size_and_the_label(int width, int height)
    {
        using var stream = new MemoryStream(Encoded.Jpeg(new Painting("a lighthouse", 1, width, height)));

        var directories = ImageMetadataReader.ReadMetadata(stream);

        Assert.DoesNotContain(directories, directory => directory.HasError);
        Assert.Equal("JPEG", directories.OfType<FileTypeDirectory>().Single().GetString(FileTypeDirectory.TagDetectedFileTypeName));
        var frame = directories.OfType<JpegDirectory>().Single();
        Assert.Equal((width, height), (frame.GetImageWidth(), frame.GetImageHeight()));
        Assert.Equal("AI generated", directories.OfType<JpegCommentDirectory>().Single().GetString(JpegCommentDirectory.TagComment));
    }

    [Theory]
    [InlineData(1, 1, 30)]
    [InlineData(1, 7, 27)]
    [InlineData(17, 9, 27)]
    [InlineData(16, 16, 27)]
    [InlineData(33, 48, 27)]
    [InlineData(64, 64, 30)]
    [InlineData(400, 300, 32)]
    public void A_decoder_sees_the_picture_as_painted(int width, int height, double decibels)
    {
        // The smaller the picture the more of it is edges, which lose most when colour is halved.
        foreach (var prompt in new[] { "sunset boat", "night forest", "snow mountain", "a cat in red ink" })
        {
            var painting = new Painting(prompt, 2, width, height);

            var (_, decoded) = JpegReader.Read(Encoded.Jpeg(painting));

            var likeness = decoded.LikenessTo(Pixels.Of(painting));
            Assert.True(likeness > decibels, $"{prompt}: {likeness} dB");
        }
    }

    [Fact]
    public void More_quality_is_more_bytes_and_more_likeness()
    {
        var painting = new Painting("autumn lake", 3, 160, 120);
        var pixels = Pixels.Of(painting);
        var (previousSize, previousLikeness) = (0, 0d);
        foreach (var quality in new[] { 1, 10, 30, 50, 75, 90, 100 })
        {
            var jpeg = Encoded.Jpeg(painting, quality);
            var likeness = JpegReader.Read(jpeg).Pixels.LikenessTo(pixels);
            Assert.True(jpeg.Length > previousSize, $"quality {quality}: {jpeg.Length} bytes");
            Assert.True(likeness > previousLikeness, $"quality {quality}: {likeness} dB");
            (previousSize, previousLikeness) = (jpeg.Length, likeness);
        }
    }

    [Fact]
    public void The_segments_stand_in_the_customary_order()
    {
        var (reader, _) = JpegReader.Read(Encoded.Jpeg(new Painting("", 4, 20, 20)));

        Assert.Equal([0xE0, 0xFE, 0xDB, 0xC0, 0xC4, 0xC4, 0xC4, 0xC4, 0xDA], reader.Markers);
    }

    [Fact]
    public void The_same_painting_gives_the_same_file() => Assert.Equal(
        Encoded.Jpeg(new Painting("red", 5, 90, 60)),
        Encoded.Jpeg(new Painting("red", 5, 90, 60)));

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_quality_out_of_range_is_refused(int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Encoded.Jpeg(new Painting("", 6, 1, 1), quality));

    [Fact]
    public void The_widest_picture_takes_less_than_three_megabytes()
    {
        var allocated = Encoded.AllocatedBy(stream => JpegEncoder.Write(new Painting("forest lake with an aurora", 7, 8192, 24), stream));

        Assert.InRange(allocated, 0, 3_000_000);
    }

    [Fact]
    public void A_higher_picture_takes_hardly_more_memory()
    {
        var low = Encoded.AllocatedBy(stream => JpegEncoder.Write(new Painting("sea", 8, 256, 256), stream));
        var high = Encoded.AllocatedBy(stream => JpegEncoder.Write(new Painting("sea", 8, 256, 4096), stream));

        Assert.InRange(high - low, -100_000, 100_000);
    }
}
