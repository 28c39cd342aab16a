using Darkroom.Simulator.Paintings.Landscape.Chance;

namespace Darkroom.Simulator.Paintings.Landscape.Colours;

/// <summary>The last coat: corners a little darker, and the grain of paper, which also hides the steps of 8-bit colour.</summary>
sealed class Varnish
{
    readonly uint key;
    readonly float[] columnShade;
    readonly float[] rowShade;

    public Varnish(Frame frame, Dice dice)
    {
        key = dice.Key();
        columnShade = Shades(frame.Width, 0.10f);
        rowShade = Shades(frame.Height, 0.08f);
    }

    public void Finish(int y, ColorRow row, Span<byte> rgb)
    {
        var state = LineNoise.Mix((uint)y ^ key) | 1;
        var shade = 1 - rowShade[y];
        for (var x = 0; x < row.Width; x++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            // The sum of two even chances: triangular noise, which leaves no trace of the rounding.
            var grain = ((state & 255) + ((state >> 8) & 255)) * (1.5f / 255) - 1.5f;
            var light = shade - columnShade[x];
            rgb[x * 3] = Byte(row.Red[x] * light + grain);
            rgb[x * 3 + 1] = Byte(row.Green[x] * light + grain);
            rgb[x * 3 + 2] = Byte(row.Blue[x] * light + grain);
        }
    }

    static byte Byte(float value) => value <= 0 ? (byte)0 : value >= 255 ? (byte)255 : (byte)(value + 0.5f);

    static float[] Shades(int length, float strength)
    {
        var shades = new float[length];
        for (var i = 0; i < length; i++)
        {
            var fromCentre = (2 * i + 1f) / length - 1;
            shades[i] = fromCentre * fromCentre * fromCentre * fromCentre * strength;
        }

        return shades;
    }
}
