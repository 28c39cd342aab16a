using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;
using Darkroom.Simulator.Paintings.Landscape.Layers;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>What stands, sails, flies or falls nearest to us.</summary>
sealed class Foreground(Frame frame, Palette palette, Terrain terrain, Sun sun, Motif motifs, Dice dice)
{
    public ILayer Birds(float horizon)
    {
        var x = sun.X < frame.Width * 0.5f ? frame.Width * 0.66f : frame.Width * 0.34f;
        var y = horizon - frame.Rise * dice.Between(0.36f, 0.5f);
        return new BirdLayer(frame, palette.Near.Towards(palette.Sky, 0.25f), x, Math.Max(y, frame.Height * 0.1f), dice.Named("birds"));
    }

    public ILayer Boat(float waterline)
    {
        var height = frame.Unit * dice.Between(0.06f, 0.11f);
        var x = frame.Width * dice.Between(0.2f, 0.8f);
        return new BoatLayer(x, waterline, height, dice.Chance(0.5f), palette.Near.Towards(palette.Far, 0.25f));
    }

    /// <summary>The grassy bank we look from, with trees at its edge; or with the cat, if one was asked for.</summary>
    public IEnumerable<ILayer> Bank()
    {
        var hasCat = motifs.HasFlag(Motif.Cat);
        var hasTrees = !hasCat && (motifs.HasFlag(Motif.Forest) || dice.Chance(0.7f));
        var rise = frame.Rise * (hasCat ? dice.Between(0.16f, 0.22f) : dice.Between(0.06f, 0.16f));
        // On the side away from the sun, as a counterweight.
        var bank = new Bank(frame, rise, sun.X > frame.Width * 0.5f, dice.Named("bank"));
        var look = terrain.Look(1, frame.Height - rise * 0.5f, frame.Height * 1.6f, isRocky: false);

        var grass = new Grass(frame, hasTrees || hasCat ? 0.02f : 0.045f, dice.Named("grass"));
        yield return terrain.Ridge(x => bank.GroundAt(x) - grass.HeightAt(x), look, isRocky: false);
        if (hasTrees)
        {
            var height = frame.Unit * dice.Between(0.16f, 0.32f);
            yield return terrain.Firs(bank.GroundAt, look, height, x => 1.3f - 2.9f * bank.Inward(x) / frame.Width);
        }

        if (hasCat)
        {
            var height = frame.Unit * dice.Between(0.17f, 0.22f);
            var feet = bank.GroundAt(bank.Seat) + height * 0.02f;
            yield return new CatLayer(bank.Seat, feet, height, !bank.FromLeft, palette.Near.Darker(0.25f));
        }
    }

    /// <summary>What drifts through the air between us and the picture.</summary>
    public IEnumerable<ILayer> Air()
    {
        if (motifs.HasFlag(Motif.Snow))
            yield return Specks.Drifting(frame, new Tint(255, 255, 255), 0.006f, dice.Named("snow"));
        if (motifs.HasFlag(Motif.Blossom))
            yield return Specks.Drifting(frame, Tint.Of(0xFFB7CE), 0.011f, dice.Named("petals"));
        if (motifs.HasFlag(Motif.Fire))
            yield return Specks.Drifting(frame, Tint.Of(0xFFD070), 0.005f, dice.Named("sparks"));
    }
}
