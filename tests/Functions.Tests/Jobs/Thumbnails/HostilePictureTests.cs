using System.Buffers.Binary;
using Darkroom.Jobs.Thumbnails;
using Darkroom.Simulator.Paintings;
using static Darkroom.Functions.Tests.Jobs.Thumbnails.SamplePicture;

namespace Darkroom.Functions.Tests.Jobs.Thumbnails;

/// <summary>Harmful bytes give no thumbnail, and never an exception or the end of the process.</summary>
public sealed class HostilePictureTests
{
    public static TheoryData<string> AllFormats => [.. Formats];

    [Fact]
    public void Make_NotAPicture_IsNone()
    {
        foreach (var file in new[] { [], [0], "<html></html>"u8.ToArray(), [0xFF, 0xD8, 0xFF], "RIFF    WEBP"u8.ToArray() })
            Assert.IsType<ThumbnailAnswer.None>(Make(file));
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void Make_TruncatedPicture_IsNone(string format)
    {
        var file = Encode(format, 300, 200);
        for (var length = 0; length < file.Length / 2; length += Math.Max(1, file.Length / 100))
            Assert.IsType<ThumbnailAnswer.None>(Make(file[..length]));
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void Make_DamagedPicture_NeverThrows(string format)
    {
        var file = Encode(format, 200, 100);
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var damaged = file.ToArray();
            for (var damage = random.Next(1, 8); damage > 0; damage--)
                damaged[random.Next(seed % 2 == 0 ? Math.Min(64, damaged.Length) : damaged.Length)] = (byte)random.Next(256);
            Assert.True(Make(damaged) is ThumbnailAnswer.Found or ThumbnailAnswer.None, $"The seed is {seed}.");
        }
    }

    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(8_000, 8_000)]
    [InlineData(64_000_000, 1)]
    [InlineData(1, 64_000_000)]
    [InlineData(4_000, 4_000)]
    public void Make_Bomb_IsNone(int width, int height)
    {
        using var bomb = new MemoryStream();
        PictureForgery.PngBomb(bomb, width, height);
        Assert.IsType<ThumbnailAnswer.None>(Make(bomb.ToArray()));
    }

    [Theory]
    [InlineData("png", 16, 1000)]
    [InlineData("gif", 6, 1000)]
    public void Make_HeaderWithAnotherSize_NeverThrows(string format, int widthAt, int width)
    {
        var file = Encode(format, 200, 100);
        if (format == "png")
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(widthAt), width);
        else
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(widthAt), (short)width);
        Assert.True(Make(file) is ThumbnailAnswer.Found or ThumbnailAnswer.None);
    }

    [Fact]
    public void Make_ProgressiveBomb_IsRefusedBeforeItIsDecoded()
    {
        // A progressive JPEG of this size would take 384 MB, even at an eighth of the size.
        var file = Encode("jpeg", 64, 64);
        var frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        file[frame + 1] = 0xC2;
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), 8000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), 8000);
        Assert.Contains("memory", Assert.IsType<ThumbnailAnswer.None>(Make(file)).Reason, StringComparison.Ordinal);
    }
}
