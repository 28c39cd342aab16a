using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>A small boat under sail on the horizon. The water mirrors it by itself.</summary>
sealed class BoatLayer(float x, float waterline, float height, bool sailsRight, Tint tint) : ILayer
{
    readonly Tint sail = tint.Lighter(0.18f);

    public void Paint(float y, ColorRow row)
    {
        var up = (waterline - y) / height;
        if (up is < -0.02f or > 1.05f)
            return;
        var last = Math.Min(row.Width - 1, (int)(x + height));
        for (var column = Math.Max(0, (int)(x - height)); column <= last; column++)
        {
            var across = (column + 0.5f - x) / height * (sailsRight ? 1 : -1);
            Lay(row, column, Hull(across, up), tint);
            Lay(row, column, Math.Max(MainSail(across, up), Jib(across, up)), sail);
        }
    }

    void Lay(ColorRow row, int column, float inside, Tint colour)
    {
        var cover = Curve.Clamp01(inside * height + 0.5f);
        if (cover > 0)
            row.Blend(column, colour, cover);
    }

    static float Hull(float x, float y) => Math.Min(Math.Min(0.13f - y, y + 0.02f), 0.30f + y * 0.7f - Math.Abs(x - 0.02f));

    static float MainSail(float x, float y)
    {
        var t = (y - 0.17f) / 0.83f;
        return t is < 0 or > 1 ? -1 : Math.Min(-0.01f - x, x + 0.30f * (1 - t) * (1 + 0.5f * t));
    }

    static float Jib(float x, float y)
    {
        var t = (y - 0.17f) / 0.70f;
        return t is < 0 or > 1 ? -1 : Math.Min(x - 0.02f, 0.26f * (1 - t) * (1 + 0.2f * t) - x);
    }
}
