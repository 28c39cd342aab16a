using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>
/// A cat that sits with its back to us and looks at the light. Built of round shapes, measured in cat heights from its feet.
/// </summary>
sealed class CatLayer(float x, float feet, float height, bool tailToTheRight, Tint tint) : ILayer
{
    // Where the tail goes: out along the ground, then up into a curl.
    static readonly (float X, float Y)[] TailPath =
    [
        (0.14f, 0.07f), (0.22f, 0.045f), (0.29f, 0.035f), (0.36f, 0.045f),
        (0.415f, 0.08f), (0.445f, 0.13f), (0.44f, 0.18f), (0.415f, 0.21f),
    ];

    public void Paint(float y, ColorRow row)
    {
        var up = (feet - y) / height;
        if (up is < -0.1f or > 1.1f)
            return;
        var last = Math.Min(row.Width - 1, (int)(x + height * 0.6f));
        for (var column = Math.Max(0, (int)(x - height * 0.6f)); column <= last; column++)
        {
            var across = (column + 0.5f - x) / height;
            var inside = Inside(tailToTheRight ? across : -across, up);
            var cover = Curve.Clamp01(inside * height + 0.5f);
            if (cover > 0)
                row.Blend(column, tint, cover);
        }
    }

    /// <summary>How far inside the outline a point lies; below 0 outside.</summary>
    static float Inside(float x, float y)
    {
        var haunches = Ellipse(x, y, 0.01f, 0.19f, 0.245f, 0.215f);
        var shoulders = Ellipse(x, y, -0.01f, 0.41f, 0.165f, 0.27f);
        var head = Ellipse(x, y, -0.02f, 0.735f, 0.187f, 0.142f);
        var ears = Math.Max(Ear(x + 0.02f, y), Ear(-x - 0.02f, y));
        var body = Join(Join(haunches, shoulders, 0.16f), Join(head, ears, 0.02f), 0.1f);
        return x > 0.1f && y < 0.3f ? Math.Max(body, Tail(x, y)) : body;
    }

    static float Ellipse(float x, float y, float centreX, float centreY, float radiusX, float radiusY)
    {
        var (dx, dy) = ((x - centreX) / radiusX, (y - centreY) / radiusY);
        return (1 - MathF.Sqrt(dx * dx + dy * dy)) * Math.Min(radiusX, radiusY);
    }

    /// <summary>Two shapes with the corner between them filled, as fur would.</summary>
    static float Join(float first, float second, float roundness)
    {
        var blend = Math.Max(roundness - Math.Abs(first - second), 0) / roundness;
        return Math.Max(first, second) + blend * blend * roundness * 0.25f;
    }

    /// <summary>A triangle between its outer, inner and lower edge.</summary>
    static float Ear(float x, float y)
    {
        var outer = (0.176f - x) * 0.99f - (y - 0.78f) * 0.10f;
        var inner = (x - 0.035f) * 0.76f - (y - 0.86f) * 0.65f;
        return Math.Min(Math.Min(outer, inner), y - 0.73f);
    }

    static float Tail(float x, float y)
    {
        var nearest = float.MaxValue;
        for (var i = 1; i < TailPath.Length; i++)
        {
            var (fromX, fromY) = TailPath[i - 1];
            var (alongX, alongY) = (TailPath[i].X - fromX, TailPath[i].Y - fromY);
            var t = Curve.Clamp01(((x - fromX) * alongX + (y - fromY) * alongY) / (alongX * alongX + alongY * alongY));
            var (dx, dy) = (x - fromX - alongX * t, y - fromY - alongY * t);
            nearest = Math.Min(nearest, MathF.Sqrt(dx * dx + dy * dy) + 0.0028f * (i + t));
        }

        return 0.047f - nearest;
    }
}
