using System.Runtime.InteropServices;
using SkiaSharp;

namespace Darkroom.Jobs.Thumbnails;

/// <summary>Turns and mirrors pixels as the orientation in a picture's EXIF data says.</summary>
internal static class Orientation
{
    /// <summary>Returns the pixels as viewers show them, and their size.</summary>
    public static (byte[] Pixels, SKSizeI Size) Apply(byte[] pixels, SKSizeI size, SKEncodedOrigin origin)
    {
        if (origin == SKEncodedOrigin.TopLeft)
            return (pixels, size);
        var isSideways = origin >= SKEncodedOrigin.LeftTop;
        var shown = isSideways ? new SKSizeI(size.Height, size.Width) : size;
        var turned = new byte[pixels.Length];
        var from = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan());
        var to = MemoryMarshal.Cast<byte, uint>(turned.AsSpan());
        for (var y = 0; y < shown.Height; y++)
        {
            for (var x = 0; x < shown.Width; x++)
            {
                var (column, row) = SourceOf(x, y, size, origin);
                to[(y * shown.Width) + x] = from[(row * size.Width) + column];
            }
        }

        return (turned, shown);
    }

    private static (int Column, int Row) SourceOf(int x, int y, SKSizeI size, SKEncodedOrigin origin)
    {
        var (right, bottom) = (size.Width - 1, size.Height - 1);
        return origin switch
        {
            SKEncodedOrigin.TopRight => (right - x, y),
            SKEncodedOrigin.BottomRight => (right - x, bottom - y),
            SKEncodedOrigin.BottomLeft => (x, bottom - y),
            SKEncodedOrigin.LeftTop => (y, x),
            SKEncodedOrigin.RightTop => (y, bottom - x),
            SKEncodedOrigin.RightBottom => (right - y, bottom - x),
            SKEncodedOrigin.LeftBottom => (right - y, x),
            _ => (x, y),
        };
    }
}
