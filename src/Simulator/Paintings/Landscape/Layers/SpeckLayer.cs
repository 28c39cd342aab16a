using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>A soft round spot: a star, a snowflake, a spark.</summary>
sealed record Speck(float X, float Y, float Radius, float Strength, Tint Tint);

/// <summary>Many small specks.</summary>
sealed class SpeckLayer(Speck[] specks) : ILayer
{
    public void Paint(float y, ColorRow row)
    {
        foreach (var speck in specks)
        {
            var dy = y - speck.Y;
            if (dy > speck.Radius || dy < -speck.Radius)
                continue;
            var last = Math.Min(row.Width - 1, (int)(speck.X + speck.Radius));
            for (var x = Math.Max(0, (int)(speck.X - speck.Radius)); x <= last; x++)
            {
                var dx = x + 0.5f - speck.X;
                var spot = Curve.Clamp01(1 - (dx * dx + dy * dy) / (speck.Radius * speck.Radius));
                row.Blend(x, speck.Tint, spot * spot * (3 - 2 * spot) * speck.Strength);
            }
        }
    }
}
