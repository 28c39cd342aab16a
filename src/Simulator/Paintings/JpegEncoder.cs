using Darkroom.Simulator.Paintings.Jpeg;

namespace Darkroom.Simulator.Paintings;

/// <summary>
/// Writes a painting as baseline JPEG with halved colour resolution (4:2:0), sixteen rows at a time, so that memory grows with
/// the width of the picture, never with its height.
/// </summary>
public static class JpegEncoder
{
    /// <param name="painting">What to write.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="quality">1 (smallest) to 100 (finest), on the scale most encoders share.</param>
    public static void Write(Painting painting, Stream destination, int quality = 85)
    {
        ArgumentNullException.ThrowIfNull(painting);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);

        var luminance = QuantisationTable.Luminance(quality);
        var chrominance = QuantisationTable.Chrominance(quality);
        var segments = new SegmentWriter(destination);
        segments.WriteStart();
        segments.WriteComment("AI generated");
        segments.WriteQuantisation(luminance, chrominance);
        segments.WriteFrame(painting.Width, painting.Height);
        segments.WriteHuffmanTables();
        segments.WriteScanStart();

        var bits = new BitWriter(destination);
        WriteScan(painting, bits, luminance, chrominance);
        bits.Finish();
        segments.WriteEnd();
    }

    static void WriteScan(Painting painting, BitWriter bits, QuantisationTable luminance, QuantisationTable chrominance)
    {
        var brush = painting.PickUpBrush();
        var band = new Band(painting.Width);
        var y = new BlockWriter(bits, luminance, HuffmanTable.LuminanceDc, HuffmanTable.LuminanceAc);
        var cb = new BlockWriter(bits, chrominance, HuffmanTable.ChrominanceDc, HuffmanTable.ChrominanceAc);
        var cr = new BlockWriter(bits, chrominance, HuffmanTable.ChrominanceDc, HuffmanTable.ChrominanceAc);
        for (var top = 0; top < painting.Height; top += Band.Rows)
        {
            band.Fill(brush, top);
            for (var x = 0; x < painting.Width; x += Band.Rows)
            {
                y.Write(band.Luminance, x, 0);
                y.Write(band.Luminance, x + 8, 0);
                y.Write(band.Luminance, x, 8);
                y.Write(band.Luminance, x + 8, 8);
                cb.Write(band.Blueness, x / 2, 0);
                cr.Write(band.Redness, x / 2, 0);
            }
        }
    }
}
