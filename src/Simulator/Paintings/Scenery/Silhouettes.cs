using SkiaSharp;

namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>Dark shapes against the light. Their outlines are SVG paths of unit size with the origin at the foot.</summary>
internal static class Silhouettes
{
    private const string Cat =
        "M-.2,.06 C-.31,-.15 -.23,-.36 -.13,-.5 C-.17,-.56 -.19,-.63 -.18,-.72 L-.17,-1 L-.06,-.86 Q0,-.88 .06,-.86 L.17,-1 L.18,-.72 " +
        "C.19,-.63 .17,-.56 .13,-.5 C.23,-.36 .31,-.15 .2,.06 Z M.1,-.09 C.3,-.06 .38,-.07 .37,-.17 C.36,-.25 .46,-.25 .47,-.16 " +
        "C.48,.01 .3,.05 .1,0 Z";

    private const string Boat =
        "M-.32,-.13 L.36,-.13 L.26,0 L-.24,0 Z M-.02,-1 Q-.2,-.5 -.3,-.18 L-.02,-.18 Z M.02,-.9 Q.2,-.45 .26,-.18 L.02,-.18 Z";

    private const string Bird = "M-1,-.4 Q-.4,-.6 0,0 Q.4,-.6 1,-.4 Q.4,-.42 0,.16 Q-.4,-.42 -1,-.4 Z";

    private const string Fir =
        "M0,-1 L.1,-.72 L.05,-.74 L.16,-.46 L.08,-.48 L.22,-.12 L.03,-.15 L.03,.08 " +
        "L-.03,.08 L-.03,-.15 L-.22,-.12 L-.08,-.48 L-.16,-.46 L-.05,-.74 L-.1,-.72 Z";

    /// <summary>Paints a cat on the highest point of a crest.</summary>
    public static void PaintCat(Scene scene, Skyline skyline, float foot, float rise)
    {
        // A place near an edge would cut off a part of the cat.
        var x = Enumerable.Range(12, 77).Select(hundredth => hundredth / 100f).MaxBy(skyline.At);
        Paint(scene, Cat, new SKPoint(x * scene.Width, foot - (rise * skyline.At(x)) + 6), size: 190, scene.Palette.Near);
    }

    /// <summary>Paints a boat on the horizon.</summary>
    public static void PaintBoat(Scene scene)
    {
        var place = new SKPoint(scene.Between(0.2f, 0.8f) * scene.Width, scene.Horizon + 2);
        Paint(scene, Boat, place, size: scene.Between(60, 110), scene.Palette.Ground(0.7f));
    }

    /// <summary>Paints firs along the crest of a range, in groups.</summary>
    public static void PaintFirs(Scene scene, Skyline skyline, float foot, float rise, float size, SKColor colour)
    {
        using var fir = SKPath.ParseSvgPathData(Fir)!;
        using var wood = new SKPathBuilder();
        var groups = new Skyline(scene.Random, 0.6f);
        for (var x = scene.Between(0, size); x < scene.Width; x += size * scene.Between(0.12f, 0.5f))
        {
            var place = x / scene.Width;
            var height = size * (groups.At(place) - 0.3f) * scene.Between(0.8f, 1.4f);
            if (height < size * 0.15f)
                continue;
            var matrix = SKMatrix.CreateScaleTranslation(height, height, x, foot - (rise * skyline.At(place)));
            wood.AddPath(fir, in matrix);
        }

        using var outline = wood.Detach();
        using var paint = Brush.Solid(colour);
        scene.Canvas.DrawPath(outline, paint);
    }

    /// <summary>Paints grass along the crest of a range.</summary>
    public static void PaintGrass(Scene scene, Skyline skyline, float foot, float rise)
    {
        using var grass = new SKPathBuilder();
        for (var x = 0f; x < scene.Width; x += scene.Between(2, 6))
        {
            var ground = foot - (rise * skyline.At(x / scene.Width));
            var tip = new SKPoint(x + scene.Between(-4, 4), ground - scene.Between(3, 12));
            grass.AddPoly([new SKPoint(x - 2, ground + 3), tip, new SKPoint(x + 2, ground + 3)], close: true);
        }

        using var outline = grass.Detach();
        using var paint = Brush.Solid(scene.Palette.Near);
        scene.Canvas.DrawPath(outline, paint);
    }

    /// <summary>Paints a flock of birds.</summary>
    public static void PaintBirds(Scene scene)
    {
        var middle = new SKPoint(scene.Between(0.2f, 0.8f) * scene.Width, scene.Between(0.15f, 0.5f) * scene.Horizon);
        for (var i = scene.Random.Next(4, 9); i > 0; i--)
        {
            var place = new SKPoint(middle.X + scene.Between(-130, 130), middle.Y + scene.Between(-60, 60));
            Paint(scene, Bird, place, scene.Between(8, 16), Palette.Mix(scene.Palette.Near, scene.Palette.Sky, 0.25f));
        }
    }

    private static void Paint(Scene scene, string outline, SKPoint foot, float size, SKColor colour)
    {
        using var shape = SKPath.ParseSvgPathData(outline)!;
        using var paint = Brush.Solid(colour);
        shape.Transform(SKMatrix.CreateScaleTranslation(size, size, foot.X, foot.Y));
        scene.Canvas.DrawPath(shape, paint);
    }
}
