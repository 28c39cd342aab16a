namespace Darkroom.Simulator.Paintings.Landscape.Colours;

/// <summary>A colour with room between the 256 steps, so that gradients do not band.</summary>
readonly record struct Tint(float Red, float Green, float Blue)
{
    public static Tint Of(uint hex) => new((hex >> 16) & 255, (hex >> 8) & 255, hex & 255);

    public Tint Towards(Tint other, float share) => new(
        Curve.Mix(Red, other.Red, share),
        Curve.Mix(Green, other.Green, share),
        Curve.Mix(Blue, other.Blue, share));

    public Tint Darker(float share) => Towards(default, share);

    public Tint Lighter(float share) => Towards(new Tint(255, 255, 255), share);

    /// <summary>Further from grey.</summary>
    public Tint Richer(float share)
    {
        var grey = (Red + Green + Blue) / 3;
        return Towards(new Tint(grey, grey, grey), -share);
    }

    /// <summary>Turns the hue around the grey axis; <paramref name="turn"/> is the tangent of half the angle.</summary>
    public Tint Turned(float turn)
    {
        var cosine = (1 - turn * turn) / (1 + turn * turn);
        var sine = 2 * turn / (1 + turn * turn) * 0.57735027f;
        var grey = (Red + Green + Blue) / 3 * (1 - cosine);
        return new Tint(
            Red * cosine + grey + (Blue - Green) * sine,
            Green * cosine + grey + (Red - Blue) * sine,
            Blue * cosine + grey + (Green - Red) * sine);
    }
}
