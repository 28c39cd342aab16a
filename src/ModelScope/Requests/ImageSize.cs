using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Darkroom.ModelScope.Requests;

/// <summary>The width and height of a picture in pixels. ModelScope's format is <c>WxH</c>.</summary>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
public readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>The number of pixels.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Parses <c>1024x768</c>. The separator can also be a capital X or a multiplication sign.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ImageSize size)
    {
        size = default;
        if (text is null)
            return false;

        var cross = text.AsSpan().IndexOfAny('x', 'X', '×');
        if (cross < 1 || !TryReadSide(text.AsSpan(0, cross), out var width) || !TryReadSide(text.AsSpan(cross + 1), out var height))
            return false;

        size = new ImageSize(width, height);
        return true;
    }

    /// <summary>Returns the size in ModelScope's format.</summary>
    public override string ToString() => $"{Width}x{Height}";

    // Five digits are enough for every model, and the number of pixels fits into a long.
    private static bool TryReadSide(ReadOnlySpan<char> text, out int side)
    {
        side = 0;
        return text.Length is > 0 and <= 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side > 0;
    }
}
