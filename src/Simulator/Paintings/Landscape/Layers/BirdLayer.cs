using Darkroom.Simulator.Paintings.Landscape.Chance;
using Darkroom.Simulator.Paintings.Landscape.Colours;

namespace Darkroom.Simulator.Paintings.Landscape.Layers;

/// <summary>A few birds far off, each two curved strokes of the brush.</summary>
sealed class BirdLayer : ILayer
{
    readonly Bird[] birds;
    readonly Tint tint;

    public BirdLayer(Frame frame, Tint tint, float x, float y, Dice dice)
    {
        this.tint = tint;
        birds = new Bird[3 + dice.Below(5)];
        for (var i = 0; i < birds.Length; i++)
        {
            var span = frame.Unit * dice.Between(0.012f, 0.026f);
            birds[i] = new Bird(
                x + frame.Unit * dice.Between(-0.16f, 0.16f),
                y + frame.Unit * dice.Between(-0.07f, 0.07f),
                span,
                dice.Between(0.25f, 0.75f),
                dice.Between(-0.18f, 0.18f));
        }
    }

    public void Paint(float y, ColorRow row)
    {
        foreach (var bird in birds)
        {
            if (Math.Abs(y - bird.Y) > bird.Span + 1)
                continue;
            var last = Math.Min(row.Width - 1, (int)(bird.X + bird.Span));
            for (var x = Math.Max(0, (int)(bird.X - bird.Span)); x <= last; x++)
            {
                var t = (x + 0.5f - bird.X) / bird.Span;
                var along = Math.Abs(t);
                if (along > 1)
                    continue;
                // Each wing rises from the body and bends down again to its tip.
                var wing = bird.Y - bird.Span * (bird.Lift * along * (1.9f - 1.5f * along) + bird.Bank * t);
                var thickness = bird.Span * 0.15f * (1 - along * along) + bird.Span * 0.06f * Curve.Bell(along * 7);
                var cover = Curve.Clamp01(thickness * 0.5f + 0.5f - Math.Abs(y - wing)) * Math.Min(1, thickness * 2);
                if (cover > 0)
                    row.Blend(x, tint, cover);
            }
        }
    }

    sealed record Bird(float X, float Y, float Span, float Lift, float Bank);
}
