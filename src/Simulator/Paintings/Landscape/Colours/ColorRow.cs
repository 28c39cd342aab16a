using System.Runtime.CompilerServices;

namespace Darkroom.Simulator.Paintings.Landscape.Colours;

/// <summary>One row of wet paint: a float for each colour of each pixel, 0 to 255.</summary>
sealed class ColorRow(int width)
{
    public float[] Red { get; } = new float[width];

    public float[] Green { get; } = new float[width];

    public float[] Blue { get; } = new float[width];

    public int Width => Red.Length;

    public void Fill(Tint tint)
    {
        Red.AsSpan().Fill(tint.Red);
        Green.AsSpan().Fill(tint.Green);
        Blue.AsSpan().Fill(tint.Blue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Blend(int x, Tint tint, float cover)
    {
        Red[x] += (tint.Red - Red[x]) * cover;
        Green[x] += (tint.Green - Green[x]) * cover;
        Blue[x] += (tint.Blue - Blue[x]) * cover;
    }
}
