using SkiaSharp;

namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>The sky with stars, the sun or the moon, and clouds.</summary>
internal static class Sky
{
    private const int Stars = 160;

    public static void Paint(Scene scene)
    {
        using var air = Brush.Downwards(0, scene.Horizon, scene.Palette.Zenith, scene.Palette.Sky, scene.Palette.Horizon);
        scene.Canvas.DrawPaint(air);
        if (scene.Has(Motifs.Night))
            PaintStars(scene);
        PaintGlow(scene);
        if (scene.Has(Motifs.Night))
            PaintMoon(scene, scene.Between(28, 45));
        else
            PaintDisc(scene, scene.Between(38, 70));
        PaintClouds(scene);
    }

    private static void PaintStars(Scene scene)
    {
        using var paint = Brush.Solid(scene.Palette.Light);
        for (var i = 0; i < Stars; i++)
        {
            var brightness = MathF.Pow(scene.Random.NextSingle(), 3);
            paint.Color = scene.Palette.Light.WithAlpha((byte)(90 + (165 * brightness)));
            // Fewer stars are near the horizon, as in a real sky.
            var height = scene.Horizon * MathF.Pow(scene.Random.NextSingle(), 1.4f);
            scene.Canvas.DrawCircle(scene.Between(0, scene.Width), height, 0.8f + (1.5f * brightness), paint);
        }
    }

    private static void PaintGlow(Scene scene)
    {
        var radius = scene.Has(Motifs.Night) ? 330 : 520;
        using var paint = Brush.Glow(scene.Sun, radius, scene.Palette.Light);
        scene.Canvas.DrawCircle(scene.Sun, radius, paint);
    }

    private static void PaintDisc(Scene scene, float radius)
    {
        using var paint = Brush.Solid(scene.Palette.Light);
        scene.Canvas.DrawCircle(scene.Sun, radius, paint);
    }

    private static void PaintMoon(Scene scene, float radius)
    {
        using var paint = Brush.Solid(scene.Palette.Light);
        using var disc = new SKPathBuilder();
        disc.AddCircle(scene.Sun.X + (radius * scene.Between(0.4f, 0.9f)), scene.Sun.Y - (radius * 0.25f), radius * 0.95f);
        using var shadow = disc.Detach();
        scene.Canvas.Save();
        scene.Canvas.ClipPath(shadow, SKClipOperation.Difference, antialias: true);
        scene.Canvas.DrawCircle(scene.Sun, radius, paint);
        scene.Canvas.Restore();
    }

    private static void PaintClouds(Scene scene)
    {
        var colour = scene.Palette.Cloud.WithAlpha((byte)(scene.Has(Motifs.Night) ? scene.Between(30, 90) : scene.Between(70, 200)));
        using var paint = Brush.Spots(colour, scene, scene.Between(1500, 2400), scene.Between(260, 420), slant: -1);
        scene.Canvas.DrawRect(0, 0, scene.Width, scene.Horizon, paint);
    }
}
