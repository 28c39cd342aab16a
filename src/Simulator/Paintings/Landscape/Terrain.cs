using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;
using Darkroom.Simulator.Paintings.Landscape.Layers;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>Raises the ridges of each setting, from the farthest to the nearest.</summary>
sealed class Terrain(Frame frame, Palette palette, Sun sun, Motif motifs, Dice dice)
{
    readonly Folds folds = new(frame, sun.X < frame.Width * 0.5f);
    readonly bool isWooded = motifs.HasFlag(Motif.Forest) || dice.Chance(0.65f);
    readonly bool isSnowy = motifs.HasFlag(Motif.Snow) || dice.Chance(0.3f);

    /// <summary>Range behind range, each foot in the mist before the next crest.</summary>
    public IEnumerable<ILayer> Valley(float horizon)
    {
        var count = 5 + dice.Below(3);
        for (var i = 0; i < count; i++)
        {
            var near = i / (count - 1f);
            var level = Curve.Mix(horizon, frame.Height * 0.97f, near * (0.6f + 0.4f * near));
            var nextLevel = Curve.Mix(horizon, frame.Height * 0.97f, (i + 1) / (count - 1f));
            var rise = frame.Rise * Curve.Mix(0.32f, 0.12f, near) * dice.Between(0.8f, 1.2f);
            var isRocky = near < 0.45f;
            var ground = isRocky ? Mountains(level, rise, Curve.Mix(1.1f, 1.5f, near)) : Hills(level, rise, Curve.Mix(1.6f, 0.9f, near));
            var look = Look(near, level - rise * 0.55f, Math.Max(nextLevel, level + rise * 0.4f), isRocky);
            yield return Ridge(ground, look, isRocky);
            if (isWooded && near > 0.3f)
                yield return Firs(ground, look, frame.Unit * Curve.Mix(0.018f, 0.17f, near * near), Clumps(1.6f));
        }
    }

    /// <summary>Mountains behind a lake, and the wooded shore before them.</summary>
    public IEnumerable<ILayer> LakeShore(float waterline)
    {
        var count = 3 + dice.Below(2);
        for (var i = 0; i < count; i++)
        {
            var near = i / (count - 1f);
            var isRocky = near < 0.7f;
            var rise = frame.Rise * (isRocky ? Curve.Mix(0.42f, 0.18f, near) : 0.07f) * dice.Between(0.85f, 1.15f);
            var level = isRocky ? waterline + rise * 0.12f : waterline - rise * 0.2f;
            var ground = isRocky ? Mountains(level, rise, Curve.Mix(1.0f, 1.5f, near)) : Hills(level, rise, 1.5f);
            var look = Look(near * 0.75f, waterline - rise * 0.65f, waterline + rise * (isRocky ? 0.15f : 0.7f), isRocky);
            yield return Ridge(ground, look, isRocky);
            if (isWooded && near > 0.6f)
                yield return Firs(ground, look, frame.Unit * Curve.Mix(0.03f, 0.06f, near), Ashore(ground, waterline, Clumps(1.1f)));
        }
    }

    /// <summary>A few islands on the horizon.</summary>
    public IEnumerable<ILayer> Islands(float waterline)
    {
        var count = 1 + dice.Below(3);
        for (var i = 0; i < count; i++)
        {
            var near = i / 3f;
            var rise = frame.Rise * Curve.Mix(0.24f, 0.15f, near) * dice.Between(0.8f, 1.2f);
            var ground = Emerging(Mountains(waterline, rise, Curve.Mix(1.1f, 1.5f, near)), waterline - rise * dice.Between(0.3f, 0.55f));
            var look = Look(near * 0.8f, waterline - rise * 0.3f, waterline + rise * 0.1f, isRocky: true);
            yield return Ridge(ground, look, isRocky: true);
        }
    }

    public RidgeLook Look(float near, float mistFrom, float mistTo, bool isRocky)
    {
        var crest = palette.Far.Towards(palette.Near, near);
        return new RidgeLook(crest, palette.Mist.Towards(crest, near * (0.3f + 0.4f * near * near)))
        {
            MistFrom = mistFrom,
            MistTo = mistTo,
            Relief = isRocky ? Curve.Mix(18, 26, near) : 0,
            SnowLine = isSnowy && isRocky ? mistFrom : null,
            SnowLight = palette.Mist.Towards(palette.Disc, 0.6f).Towards(palette.Far, palette.IsNight ? 0.55f : 0.05f),
            SnowShade = palette.Far.Towards(palette.Sky, 0.5f).Lighter(palette.IsNight ? 0.02f : 0.12f),
            Rim = 0.28f,
        };
    }

    public RidgeLayer Ridge(Func<float, float> heightAt, RidgeLook look, bool isRocky)
    {
        var flanks = isRocky ? new Flanks(frame, heightAt, folds.LitFromLeft, dice.Key()) : null;
        return new RidgeLayer(frame, new Skyline(frame, heightAt), look, sun, folds, flanks, dice.Key());
    }

    public FirLayer Firs(Func<float, float> ground, RidgeLook look, float height, Func<float, float> density) =>
        new(frame, look, sun, ground, height, density, dice);

    Func<float, float> Ashore(Func<float, float> ground, float waterline, Func<float, float> density) =>
        x => ground(x) < waterline - frame.Unit * 0.005f ? density(x) : 0;

    /// <summary>Clumps of trees, with clearings between.</summary>
    Func<float, float> Clumps(float density)
    {
        var (key, scale) = (dice.Key(), 3 / frame.Unit);
        density *= motifs.HasFlag(Motif.Forest) ? 1.5f : 1;
        return x => Curve.Clamp01(density * (0.55f + 0.75f * LineNoise.Rolling(key, x * scale, 3, 0.6f)));
    }

    /// <summary>The same ground, lifted or sunk until its highest point in the picture is where it should be.</summary>
    Func<float, float> Emerging(Func<float, float> ground, float highest)
    {
        var summit = float.MaxValue;
        for (var i = 0; i <= 100; i++)
            summit = Math.Min(summit, ground(frame.Width * i * 0.01f));
        return x => ground(x) + highest - summit;
    }

    Func<float, float> Hills(float level, float rise, float frequency)
    {
        var (key, scale) = (dice.Key(), frequency / frame.Unit);
        var middle = frame.Width * 0.5f;
        return x => level - rise * 0.75f * LineNoise.Rolling(key, (x - middle) * scale, 7, 0.42f);
    }

    Func<float, float> Mountains(float level, float rise, float frequency)
    {
        var (key, scale) = (dice.Key(), frequency / frame.Unit);
        var middle = frame.Width * 0.5f;
        return x => level - rise * LineNoise.Craggy(key, (x - middle) * scale, 9, 0.53f);
    }
}
