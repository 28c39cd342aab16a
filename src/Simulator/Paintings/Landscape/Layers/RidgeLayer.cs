using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>A range of hills or mountains, its foot in the mist.</summary>
sealed class RidgeLayer(Frame frame, Skyline skyline, RidgeLook look, Sun sun, Folds folds, Flanks? flanks, uint key) : ILayer
{
    readonly float rimWidth = Math.Max(frame.Unit * 0.005f, 0.6f);
    readonly float snowReach = frame.Unit * 0.06f;

    public bool Hides(float y) => y >= skyline.Lowest;

    public void Paint(float y, ColorRow row)
    {
        if (y < skyline.Highest)
            return;

        var mist = Curve.Step(look.MistFrom, look.MistTo, y);
        var zigzag = flanks?.Zigzag(y) ?? 0;
        var snowLine = look.SnowLine ?? float.MinValue;
        var hasSnow = y < snowLine + snowReach * 2;
        var relief = look.Relief > 0 ? folds.Relief(key, y) : [];
        var wisps = folds.Wisps(key, y);
        var tops = skyline.Tops;
        var fills = skyline.Fills;
        var glows = sun.GlowByColumn;
        for (var x = 0; x < row.Width; x++)
        {
            var depth = y - tops[x];
            if (depth <= 0)
                continue;
            var cover = depth * fills[x];
            cover = cover > 1 ? 1 : cover;

            var haze = Curve.Clamp01(mist + wisps[x] * 0.16f * (0.3f + mist));
            var tint = look.Crest.Towards(look.Foot, haze);
            tint = tint.Towards(sun.Tint, glows[x] * (0.05f + 0.22f * haze * haze));
            if (flanks is not null)
            {
                var light = flanks.At(x - zigzag) * 0.7f + relief[x];
                if (hasSnow)
                    tint = Snowed(tint, (snowLine - y) / snowReach + wisps[x] + relief[x] * 0.5f, light, haze);
                var shade = light * look.Relief * (1 - haze);
                tint = new Tint(tint.Red + shade, tint.Green + shade, tint.Blue + shade);
            }

            if (depth < rimWidth)
                tint = tint.Towards(sun.Tint, look.Rim * glows[x] * glows[x] * (1 - depth / rimWidth));
            row.Blend(x, tint, cover);
        }
    }

    Tint Snowed(Tint rock, float above, float light, float haze)
    {
        var snow = Curve.Step(-0.4f, 0.4f, above) * (1 - haze * 0.8f);
        return rock.Towards(look.SnowShade.Towards(look.SnowLight, Curve.Clamp01(0.5f + light * 0.75f)), snow);
    }
}
