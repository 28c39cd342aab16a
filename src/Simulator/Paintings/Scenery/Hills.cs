namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>Ranges of hills, one behind the other. Distant ranges are paler, and mist lies at the foot of each.</summary>
internal static class Hills
{
    /// <summary>Paints the mountains at the horizon.</summary>
    public static void PaintFar(Scene scene, float lowest)
    {
        for (var i = 0; i < 2; i++)
        {
            var rise = scene.Between(90, 210) * (i == 0 ? 1 : 0.6f);
            using var range = new Skyline(scene.Random, 0.52f).Outline(scene.Width, lowest - (i == 0 ? 18 : -14), rise, lowest);
            var colour = scene.Palette.Ground(i * 0.12f);
            using var ground = Brush.Downwards(lowest - rise, lowest, colour, colour, scene.Palette.Horizon);
            scene.Canvas.DrawPath(range, ground);
            using var folds = Brush.Spots(scene.Palette.Light.WithAlpha(45), scene, 240, 330, slant: 0.6f);
            scene.Canvas.DrawPath(range, folds);
        }
    }

    /// <summary>Paints the hills between the mountains and the viewer.</summary>
    public static void PaintNear(Scene scene, int ranges, float nearest)
    {
        var depth = scene.Height - scene.Horizon;
        for (var i = 1; i <= ranges; i++)
        {
            var nearness = nearest * (i - 0.4f) / (ranges - 0.4f);
            var foot = scene.Horizon + (depth * MathF.Pow(nearness, 1.3f) * 0.9f);
            var rise = scene.Between(70, 130);
            var skyline = new Skyline(scene.Random, scene.Between(0.36f, 0.46f));
            using var range = skyline.Outline(scene.Width, foot, rise, scene.Height);
            var colour = scene.Palette.Ground(0.15f + (0.85f * nearness));
            var mist = Palette.Mix(colour, scene.Palette.Horizon, 0.45f * (1 - nearness));
            using var ground = Brush.Downwards(foot - rise, foot + (depth * 0.35f), colour, mist);
            scene.Canvas.DrawPath(range, ground);
            if (scene.Has(Motifs.Forest) || i == ranges)
                Silhouettes.PaintFirs(scene, skyline, foot, rise, size: 16 + (62 * nearness * nearness), colour);
        }
    }

    /// <summary>Paints the bank at the viewer's feet, and the cat on it.</summary>
    public static void PaintBank(Scene scene)
    {
        var (foot, rise) = (scene.Height * 1.04f, scene.Height * scene.Between(0.14f, 0.22f));
        var skyline = new Skyline(scene.Random, 0.4f, smoothing: 24);
        using var bank = skyline.Outline(scene.Width, foot, rise, scene.Height);
        using var ground = Brush.Solid(scene.Palette.Near);
        scene.Canvas.DrawPath(bank, ground);
        if (scene.Has(Motifs.Forest))
            Silhouettes.PaintFirs(scene, skyline, foot, rise, size: 90, scene.Palette.Near);
        Silhouettes.PaintGrass(scene, skyline, foot, rise);
        if (scene.Has(Motifs.Cat))
            Silhouettes.PaintCat(scene, skyline, foot, rise);
    }
}
