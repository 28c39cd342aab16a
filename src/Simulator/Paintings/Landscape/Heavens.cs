using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;
using Darkroom.Simulator.Paintings.Landscape.Layers;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>Everything above the horizon that is not ground.</summary>
sealed class Heavens(Frame frame, Palette palette, Motif motifs, float horizon, Dice dice)
{
    public Sun Sun { get; } = PlaceSun(frame, palette, motifs, horizon, dice.Named("place"));

    public IEnumerable<ILayer> Layers()
    {
        yield return new SkyLayer(frame, palette, Sun, horizon);
        if (palette.Darkness > 0.2f)
            yield return Specks.Stars(frame, Sun, horizon, Curve.Clamp01(palette.Darkness * 1.2f), dice.Named("stars"));
        if (motifs.HasFlag(Motif.Aurora) || (palette.IsNight && dice.Chance(motifs.HasFlag(Motif.Snow) ? 0.6f : 0.15f)))
            yield return new AuroraLayer(frame, horizon, dice.Named("aurora"));
        yield return new SunLayer(Sun, palette.Disc, palette.Sky, dice.Named("sun"));
        yield return new CloudLayer(frame, palette, Sun, horizon, dice.Between(0.2f, 0.95f), dice.Named("clouds"));
    }

    static Sun PlaceSun(Frame frame, Palette palette, Motif motifs, float horizon, Dice dice)
    {
        // On a third, left or right, as painters like it.
        var x = frame.Width * ((dice.Chance(0.5f) ? 0.34f : 0.66f) + dice.Between(-0.08f, 0.08f));
        var isLow = (motifs & (Motif.Sunset | Motif.Sunrise | Motif.Gold | Motif.Fire)) != Motif.None || dice.Chance(0.4f);
        var (height, size) = palette.IsNight ? (dice.Between(0.45f, 0.78f), dice.Between(0.045f, 0.075f))
            : isLow ? (dice.Between(0.16f, 0.40f), dice.Between(0.055f, 0.10f))
            : (dice.Between(0.40f, 0.72f), dice.Between(0.04f, 0.06f));
        var y = horizon - Math.Min(horizon, frame.Rise * 0.9f) * height;
        return new Sun(frame, x, y, frame.Unit * size, palette.Light, palette.IsNight);
    }
}
