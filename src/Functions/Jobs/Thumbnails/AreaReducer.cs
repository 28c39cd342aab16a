using System.Numerics;
using SkiaSharp;

namespace Darkroom.Jobs.Thumbnails;

/// <summary>
/// Shrinks a picture row by row: each pixel of the result is the average of the area that it covers, so no detail is skipped. Pixels are
/// RGBA with premultiplied alpha, which makes the average of transparent pixels correct.
/// </summary>
internal sealed class AreaReducer
{
    private const int Channels = 4;

    private readonly SKSizeI _to;
    private readonly double _rowsPerRow;
    private readonly Column[] _columns;
    private readonly Vector4[] _row;
    private readonly Vector4[] _sums;
    private int _next;
    private int _done;

    /// <summary>
    /// Shrinks a picture of the size <paramref name="from"/> to the size <paramref name="to"/>, which must not be larger.
    /// </summary>
    public AreaReducer(SKSizeI from, SKSizeI to)
    {
        if (from.Width < to.Width || from.Height < to.Height)
            throw new ArgumentOutOfRangeException(nameof(to), to, $"The picture has {from.Width}x{from.Height} pixels only.");
        _to = to;
        _rowsPerRow = (double)from.Height / to.Height;
        _columns = [.. Enumerable.Range(0, from.Width).Select(column => Column.Of(column, (double)from.Width / to.Width, to.Width))];
        _row = new Vector4[to.Width];
        _sums = new Vector4[to.Width];
        Pixels = new byte[Channels * to.Width * to.Height];
    }

    /// <summary>The result, after the last row was added.</summary>
    public byte[] Pixels { get; }

    /// <summary>Adds the next row of the picture.</summary>
    public void Add(ReadOnlySpan<byte> pixels)
    {
        Shrink(pixels);
        var (top, bottom) = (_next / _rowsPerRow, (_next + 1) / _rowsPerRow);
        _next++;
        // The row ends a row of the result, or more than one by a rounding error.
        while (_done < _to.Height && bottom >= _done + 1 - 1e-9)
        {
            AddRow((float)(_done + 1 - top));
            Finish();
            top = _done;
        }

        if (bottom - top > 1e-9)
            AddRow((float)(bottom - top));
    }

    private void Shrink(ReadOnlySpan<byte> pixels)
    {
        Array.Clear(_row);
        for (var column = 0; column < _columns.Length; column++)
        {
            var at = column * Channels;
            var pixel = new Vector4(pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]);
            var (place, share, next) = _columns[column];
            _row[place] += pixel * share;
            if (next > 0)
                _row[place + 1] += pixel * next;
        }
    }

    private void AddRow(float share)
    {
        for (var column = 0; column < _sums.Length; column++)
            _sums[column] += _row[column] * share;
    }

    private void Finish()
    {
        var row = Pixels.AsSpan(_done * Channels * _to.Width);
        for (var column = 0; column < _sums.Length; column++)
        {
            for (var channel = 0; channel < Channels; channel++)
                row[(column * Channels) + channel] = (byte)Math.Clamp(_sums[column][channel] + 0.5f, 0, 255);
        }

        Array.Clear(_sums);
        _done++;
    }

    // Where a column of the picture goes: its share in one column of the result, and its share in the next one.
    private readonly record struct Column(int Place, float Share, float Next)
    {
        public static Column Of(int column, double perColumn, int columns)
        {
            var (left, right) = (column / perColumn, (column + 1) / perColumn);
            var place = Math.Min((int)left, columns - 1);
            var next = place + 1 < columns ? Math.Max(0, right - place - 1) : 0;
            return new Column(place, (float)(1 / perColumn - next), (float)next);
        }
    }
}
