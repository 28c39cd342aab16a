using SkiaSharp;

namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>Creates paints that fill a shape.</summary>
internal static class Brush
{
    private const int SpotsSide = 512;

    private static readonly SKImage SpotsImage = RenderSpots();

    public static SKPaint Solid(SKColor colour) => new() { Color = colour, IsAntialias = true };

    /// <summary>A vertical gradient.</summary>
    public static SKPaint Downwards(float top, float bottom, params SKColor[] colours)
    {
        using var gradient = SKShader.CreateLinearGradient(new SKPoint(0, top), new SKPoint(0, bottom), colours, SKShaderTileMode.Clamp);
        return new SKPaint { Shader = gradient, IsAntialias = true };
    }

    /// <summary>Light that fades with the distance from a point. Dithering hides the steps of such a slow gradient.</summary>
    public static SKPaint Glow(SKPoint centre, float radius, SKColor light)
    {
        SKColor[] colours = [light.WithAlpha(200), light.WithAlpha(95), light.WithAlpha(38), light.WithAlpha(10), light.WithAlpha(0)];
        using var gradient = SKShader.CreateRadialGradient(centre, radius, colours, [0, 0.15f, 0.4f, 0.7f, 1], SKShaderTileMode.Clamp);
        return new SKPaint { Shader = gradient, IsDither = true };
    }

    /// <summary>Soft, irregular spots. Stretched, they look like clouds; upright and slanted, like the folds of a mountain.</summary>
    public static SKPaint Spots(SKColor colour, Scene scene, float width, float height, float slant)
    {
        var matrix = SKMatrix.CreateScale(width / SpotsSide, height / SpotsSide)
            .PostConcat(SKMatrix.CreateSkew(slant, 0))
            .PostConcat(SKMatrix.CreateTranslation(scene.Between(0, width), scene.Between(0, height)));
        var sampling = new SKSamplingOptions(SKFilterMode.Linear);
        using var spots = SpotsImage.ToShader(SKShaderTileMode.Repeat, SKShaderTileMode.Repeat, sampling, matrix);
        return new SKPaint { Shader = spots, Color = colour, IsAntialias = true };
    }

    // The noise is slow to compute, so it is computed once.
    private static SKImage RenderSpots()
    {
        using var surface = SKSurface.Create(new SKImageInfo(SpotsSide, SpotsSide, SKColorType.Alpha8, SKAlphaType.Premul))!;
        using var noise = SKShader.CreatePerlinNoiseFractalNoise(4f / SpotsSide, 4f / SpotsSide, 5, 1, new SKSizeI(SpotsSide, SpotsSide));
        // The red channel of the noise becomes the opacity. Values below the average become transparent.
        using var toOpacity = SKColorFilter.CreateColorMatrix([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3.5f, 0, 0, 0, -1.6f]);
        using var paint = new SKPaint { Shader = noise, ColorFilter = toOpacity };
        surface.Canvas.DrawPaint(paint);
        return surface.Snapshot();
    }
}
