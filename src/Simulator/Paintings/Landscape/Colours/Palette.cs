namespace Darkroom.Simulator.Paintings.Landscape.Colours;

/// <summary>The colours of one hour and season.</summary>
sealed record Palette(
    Tint Zenith, Tint Sky, Tint Horizon, Tint Light, Tint Cloud, Tint Far, Tint Near, Tint Mist, Tint Disc, float Darkness)
{
    /// <summary>True when a moon and stars belong in the sky.</summary>
    public bool IsNight => Darkness > 0.5f;

    public Palette Towards(Palette other, float share) => new(
        Zenith.Towards(other.Zenith, share),
        Sky.Towards(other.Sky, share),
        Horizon.Towards(other.Horizon, share),
        Light.Towards(other.Light, share),
        Cloud.Towards(other.Cloud, share),
        Far.Towards(other.Far, share),
        Near.Towards(other.Near, share),
        Mist.Towards(other.Mist, share),
        Disc.Towards(other.Disc, share),
        Curve.Mix(Darkness, other.Darkness, share));

    /// <summary>The same hour on another day: every hue turned a little the same way.</summary>
    public Palette Turned(float turn) => this with
    {
        Zenith = Zenith.Turned(turn),
        Sky = Sky.Turned(turn),
        Horizon = Horizon.Turned(turn),
        Cloud = Cloud.Turned(turn),
        Far = Far.Turned(turn),
        Near = Near.Turned(turn),
        Mist = Mist.Turned(turn),
    };
}
