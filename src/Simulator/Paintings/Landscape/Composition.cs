using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;
using Darkroom.Simulator.Paintings.Landscape.Layers;

namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>Decides what the picture shows and where it stands.</summary>
static class Composition
{
    public static Scene Of(string prompt, Frame frame, Dice dice)
    {
        var motifs = PromptReader.MotifsIn(prompt);
        var palette = PaletteBook.Choose(motifs, dice.Named("palette"));
        var setting = ChooseSetting(motifs, frame, dice.Named("setting"));
        var plan = dice.Named("plan");
        var horizon = frame.Height * ChooseHorizon(setting, plan);

        var heavens = new Heavens(frame, palette, motifs, horizon, dice.Named("heavens"));
        var terrain = new Terrain(frame, palette, heavens.Sun, motifs, dice.Named("terrain"));
        var foreground = new Foreground(frame, palette, terrain, heavens.Sun, motifs, dice.Named("foreground"));

        List<ILayer> layers = [.. heavens.Layers()];
        layers.AddRange(setting switch
        {
            Setting.Sea => terrain.Islands(horizon),
            Setting.Lake => terrain.LakeShore(horizon),
            _ => terrain.Valley(horizon),
        });
        if (setting == Setting.Sea && (motifs.HasFlag(Motif.Boat) || plan.Chance(0.45f)))
            layers.Add(foreground.Boat(horizon));
        if (setting != Setting.Valley)
        {
            // The water paints the sun as a lane of glints; a second disc below would look like a hole.
            var mirrored = new Scene(layers.Where(layer => layer is not SunLayer));
            var roughness = setting == Setting.Sea ? 1 : plan.Between(0.15f, 0.6f);
            layers.Add(new WaterLayer(frame, palette, heavens.Sun, mirrored, horizon, roughness, dice.Named("water")));
        }

        if (motifs.HasFlag(Motif.Bird) || (!palette.IsNight && plan.Chance(0.6f)))
            layers.Add(foreground.Birds(horizon));
        if (setting != Setting.Valley || motifs.HasFlag(Motif.Cat))
            layers.AddRange(foreground.Bank());
        layers.AddRange(foreground.Air());
        return new Scene(layers);
    }

    static Setting ChooseSetting(Motif motifs, Frame frame, Dice dice)
    {
        if (motifs.HasFlag(Motif.Sea))
            return Setting.Sea;
        if (motifs.HasFlag(Motif.Lake))
            return Setting.Lake;
        // A tall scroll is best filled with range upon range.
        if (frame.Height > frame.Width * 1.7f)
            return Setting.Valley;
        if ((motifs & (Motif.Forest | Motif.Mountain)) != Motif.None)
            return dice.Chance(0.7f) ? Setting.Valley : Setting.Lake;
        return (Setting)dice.Below(3);
    }

    static float ChooseHorizon(Setting setting, Dice dice) => setting switch
    {
        Setting.Sea => dice.Between(0.56f, 0.66f),
        Setting.Lake => dice.Between(0.60f, 0.70f),
        _ => dice.Between(0.50f, 0.62f),
    };
}
