using System.Buffers.Binary;
using Darkroom.Jobs.Thumbnails;
using SkiaSharp;

namespace Darkroom.Functions.Tests.Jobs.Thumbnails;

/// <summary>Encoded pictures for tests of thumbnails, and the thumbnails made of them.</summary>
internal static class SamplePicture
{
    /// <summary>The names of the formats.</summary>
    public static readonly string[] Formats = ["png", "jpeg", "webp", "webp-lossless", "gif"];

    private static readonly SKColor[] Quarters = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.White];

    /// <summary>A picture with a different colour in each quarter: red, lime, blue, white; row by row.</summary>
    public static byte[] Encode(string format, int width, int height)
    {
        if (format == "gif")
            return Gif(width, height);
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque))!;
        for (var quarter = 0; quarter < Quarters.Length; quarter++)
        {
            using var paint = new SKPaint { Color = Quarters[quarter] };
            surface.Canvas.DrawRect(quarter % 2 * width / 2f, quarter / 2 * height / 2f, width / 2f, height / 2f, paint);
        }

        return Encode(surface, format);
    }

    public static byte[] Encode(SKSurface surface, string format)
    {
        using var pixels = surface.PeekPixels()!;
        using var file = format switch
        {
            "png" => pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, zLibLevel: 1)),
            "jpeg" => pixels.Encode(new SKJpegEncoderOptions(90)),
            "webp" => pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 90)),
            _ => pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 10)),
        };
        return file!.ToArray();
    }

    /// <summary>Adds EXIF data with an orientation, 1 to 8, to a JPEG.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] exif = [
            .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, // One entry in the first directory:
            0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(exif.Length + 2));
        return [0xFF, 0xD8, 0xFF, 0xE1, .. length, .. exif, .. jpeg.AsSpan(2)];
    }

    public static ThumbnailAnswer Make(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        return ThumbnailMaker.Make(data, TestContext.Current.CancellationToken);
    }

    /// <summary>Makes a thumbnail, and decodes it.</summary>
    public static SKBitmap Thumbnail(byte[] file)
    {
        var webP = Assert.IsType<ThumbnailAnswer.Found>(Make(file)).WebP.ToArray();
        Assert.Equal("RIFF"u8, webP.AsSpan(0, 4));
        Assert.Equal("WEBP"u8, webP.AsSpan(8, 4));
        return SKBitmap.Decode(webP)!;
    }

    // Skia writes no GIF. This one has a code of eight bits for each pixel, and starts again before the codes would grow.
    private static byte[] Gif(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write([.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0xF6, 0, 0]);
        for (var color = 0; color < 128; color++)
            file.Write([Quarters[color % 4].Red, Quarters[color % 4].Green, Quarters[color % 4].Blue]);
        file.Write([0x2C, 0, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 7]);
        var codes = new List<byte>();
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            if (pixel % 100 == 0)
                codes.Add(128);
            codes.Add((byte)((pixel % width * 2 / width) + (pixel / width * 2 / height * 2)));
        }

        codes.Add(129);
        foreach (var block in codes.Chunk(255))
            file.Write([(byte)block.Length, .. block]);
        file.Write([0, 0x3B]);
        return file.ToArray();
    }
}
