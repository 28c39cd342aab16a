using SkiaSharp;

namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>Water from the horizon down, with the reflection of everything above it.</summary>
internal static class Water
{
    private const int Waves = 70;

    public static void Paint(Scene scene, SKSurface surface)
    {
        PaintReflection(scene, surface);
        var (shallow, deep) = (scene.Palette.Horizon.WithAlpha(40), scene.Palette.Zenith.WithAlpha(150));
        using var depths = Brush.Downwards(scene.Horizon, scene.Height, shallow, deep);
        scene.Canvas.DrawRect(0, scene.Horizon, scene.Width, scene.Height - scene.Horizon, depths);
        PaintWaves(scene, scene.Palette.Light.WithAlpha(22), (30, 260), _ => scene.Between(0, scene.Width));
        PaintWaves(scene, scene.Palette.Near.WithAlpha(22), (30, 260), _ => scene.Between(0, scene.Width));
        // The band of light below the sun is densest in its middle and becomes wider towards the viewer.
        PaintWaves(
            scene,
            scene.Palette.Light.WithAlpha(120),
            (12, 80),
            depth => scene.Sun.X + ((scene.Between(-1, 0) + scene.Between(0, 1)) * (30 + (90 * depth))));
    }

    // Paints the reflection in strips and shifts each to the side. The waves become higher towards the viewer.
    private static void PaintReflection(Scene scene, SKSurface surface)
    {
        // A separate random source: the number of strips depends on the size in pixels, and later parts of the scene must not.
        var random = new Random(scene.Random.Next());
        var area = surface.Canvas.DeviceClipBounds;
        var scale = area.Height / scene.Height;
        var horizon = (int)(scene.Horizon * scale);
        if (horizon == 0)
            return;
        using var image = surface.Snapshot(area with { Bottom = horizon });
        scene.Canvas.Save();
        scene.Canvas.ResetMatrix();
        for (var y = horizon; y < area.Height;)
        {
            var depth = (float)(y - horizon) / (area.Height - horizon);
            var strip = Math.Max(1, (int)((1.5f + (depth * 7)) * scale));
            var above = Math.Max(0, (2 * horizon) - y - strip);
            var waves = (4 + (26 * depth)) * scale;
            var shift = waves * (random.NextSingle() - 0.5f);
            scene.Canvas.DrawImage(
                image,
                SKRect.Create(0, above, image.Width, strip),
                SKRect.Create(shift - waves, y, image.Width + (2 * waves), strip),
                new SKSamplingOptions(SKFilterMode.Linear));
            y += strip;
        }

        scene.Canvas.Restore();
    }

    private static void PaintWaves(Scene scene, SKColor colour, (float Shortest, float Longest) length, Func<float, float> place)
    {
        using var paint = Brush.Solid(colour);
        for (var i = 0; i < Waves; i++)
        {
            var depth = MathF.Pow(scene.Random.NextSingle(), 1.5f);
            var half = scene.Between(length.Shortest, length.Longest) * (0.3f + depth) / 2;
            var (x, y) = (place(depth), scene.Horizon + ((scene.Height - scene.Horizon) * depth));
            scene.Canvas.DrawOval(x, y, half, 0.8f + (2.2f * depth), paint);
        }
    }
}
