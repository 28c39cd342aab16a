using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Darkroom.ModelScope.Requests;

/// <summary>A picture's width and height in pixels, written <c>WxH</c> on the wire.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
public readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>How many pixels the picture has.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Reads <c>1024x768</c> (also with a capital X or a multiplication sign); nothing else.</summary>
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

    /// <summary>The size as ModelScope spells it.</summary>
    public override string ToString() => $"{Width}x{Height}";

    // Five digits is far beyond any model and keeps the pixel count inside a long.
    private static bool TryReadSide(ReadOnlySpan<char> text, out int side)
    {
        side = 0;
        return text.Length is > 0 and <= 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side > 0;
    }
}
