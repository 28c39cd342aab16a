namespace Darkroom.Simulator.Paintings.Jpeg;

/// <summary>
/// Sixteen rows of the picture in luminance and colour. Where the picture ends inside a block its last pixel goes on, for a
/// sudden edge to black would ring back into the picture.
/// </summary>
sealed class Band
{
    public const int Rows = 16;

    readonly int width;
    readonly byte[] rgb;

    public Band(int width)
    {
        this.width = width;
        var padded = (width + Rows - 1) / Rows * Rows;
        rgb = new byte[padded * 3];
        Luminance = new Plane(padded, Rows);
        Blueness = new Plane(padded / 2, Rows / 2);
        Redness = new Plane(padded / 2, Rows / 2);
    }

    public Plane Luminance { get; }

    /// <summary>Cb, at half the resolution.</summary>
    public Plane Blueness { get; }

    /// <summary>Cr, at half the resolution.</summary>
    public Plane Redness { get; }

    public void Fill(Brush brush, int top)
    {
        Blueness.Clear();
        Redness.Clear();
        for (var y = 0; y < Rows; y++)
        {
            if (top + y < brush.Height)
                PaintPadded(brush, top + y);
            Convert(y);
        }
    }

    void PaintPadded(Brush brush, int y)
    {
        brush.PaintRow(y, rgb);
        var last = (width - 1) * 3;
        for (var i = width * 3; i < rgb.Length; i++)
            rgb[i] = rgb[last + i % 3];
    }

    void Convert(int y)
    {
        var luminance = Luminance.Row(y);
        var blueness = Blueness.Row(y / 2);
        var redness = Redness.Row(y / 2);
        for (var x = 0; x < blueness.Length; x++)
        {
            var pair = rgb.AsSpan(x * 6, 6);
            var (red, green, blue) = (pair[0] + pair[3], pair[1] + pair[4], pair[2] + pair[5]);
            luminance[2 * x] = 0.299f * pair[0] + 0.587f * pair[1] + 0.114f * pair[2] - 128;
            luminance[2 * x + 1] = 0.299f * pair[3] + 0.587f * pair[4] + 0.114f * pair[5] - 128;
            // Each of four pixels gives a quarter of the colour sample that they share.
            blueness[x] += 0.25f * (-0.168736f * red - 0.331264f * green + 0.5f * blue);
            redness[x] += 0.25f * (0.5f * red - 0.418688f * green - 0.081312f * blue);
        }
    }
}
