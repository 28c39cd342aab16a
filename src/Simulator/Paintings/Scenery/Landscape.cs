using System.IO.Hashing;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>Decides what a picture shows, and paints it from the back to the front.</summary>
internal static class Landscape
{
    private const int Specks = 140;

    public static void Paint(SKSurface surface, Painting painting)
    {
        var random = new Random(unchecked((int)XxHash32.HashToUInt32(MemoryMarshal.AsBytes(painting.Prompt.AsSpan()), painting.Seed)));
        var theme = Theme.Of(painting.Prompt, random);
        var scale = MathF.Sqrt((float)painting.Width * painting.Height) / 1000;
        var (width, height) = (painting.Width / scale, painting.Height / scale);
        var horizon = height * (0.52f + (0.12f * random.NextSingle()));
        var sun = new SKPoint(width * (0.2f + (0.6f * random.NextSingle())), horizon * (0.3f + (0.45f * random.NextSingle())));
        var scene = new Scene(surface.Canvas, theme, random, width, height) { Horizon = horizon, Sun = sun };

        surface.Canvas.Scale(scale);
        Sky.Paint(scene);
        Hills.PaintFar(scene, horizon);
        if (HasWater(scene))
        {
            if (scene.Has(Motifs.Boat) || (scene.Has(Motifs.Sea) && random.Next(2) == 0))
                Silhouettes.PaintBoat(scene);
            Water.Paint(scene, surface);
            Hills.PaintBank(scene);
        }
        else
        {
            Hills.PaintNear(scene, ranges: random.Next(3, 6), nearest: scene.Has(Motifs.Cat) ? 0.6f : 1);
            if (scene.Has(Motifs.Cat))
                Hills.PaintBank(scene);
        }

        if (scene.Has(Motifs.Birds) || (!scene.Has(Motifs.Night) && random.Next(2) == 0))
            Silhouettes.PaintBirds(scene);
        PaintAir(scene);
    }

    private static bool HasWater(Scene scene)
    {
        if (scene.Has(Motifs.Sea | Motifs.Lake))
            return true;
        return !scene.Has(Motifs.Forest | Motifs.Mountains) && scene.Random.Next(2) == 0;
    }

    // Snowflakes, petals or sparks.
    private static void PaintAir(Scene scene)
    {
        if (!scene.Has(Motifs.Snow | Motifs.Blossom | Motifs.Sparks))
            return;
        var colour = scene.Has(Motifs.Snow) ? SKColors.White : scene.Has(Motifs.Blossom) ? new SKColor(0xFFF7B6CC) : scene.Palette.Light;
        using var paint = Brush.Solid(colour);
        for (var i = 0; i < Specks; i++)
        {
            var nearness = MathF.Pow(scene.Random.NextSingle(), 3);
            paint.Color = colour.WithAlpha((byte)scene.Between(90, 220));
            scene.Canvas.DrawCircle(scene.Between(0, scene.Width), scene.Between(0, scene.Height), 1.2f + (3.5f * nearness), paint);
        }
    }
}
