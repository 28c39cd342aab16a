using SkiaSharp;

namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>The colours of a landscape, from the top of the sky to the ground at the viewer's feet.</summary>
internal sealed record Palette(SKColor Zenith, SKColor Sky, SKColor Horizon, SKColor Light, SKColor Cloud, SKColor Far, SKColor Near)
{
    public static readonly Palette Golden = Of(0x8580B0, 0xE9BC86, 0xFFDF9C, 0xFFF3CC, 0xFFE9C8, 0xC99A6C, 0x35200F);
    public static readonly Palette Sunset = Of(0x2D3270, 0xB5527F, 0xFF9F5E, 0xFFE3A6, 0xFF9472, 0x8B5080, 0x1E1230);
    public static readonly Palette Dusk = Of(0x1F2656, 0x6A5699, 0xF0A9A4, 0xFFE6C8, 0xD48AA6, 0x6A5C96, 0x161530);
    public static readonly Palette Dawn = Of(0x6C98C8, 0xEFBCC2, 0xFFE6BE, 0xFFF7E0, 0xFFD6CC, 0xA6A9CA, 0x2C3956);
    public static readonly Palette Day = Of(0x2F7DC4, 0x86BFE8, 0xE4F1F0, 0xFFFBE8, 0xFFFFFF, 0x86AFCB, 0x1C4444);
    public static readonly Palette Midnight = Of(0x070B24, 0x152A60, 0x41639A, 0xF4F1DE, 0x3A5288, 0x30507F, 0x050917);
    public static readonly Palette Violet = Of(0x0E0A2C, 0x35246A, 0x8A5C9C, 0xFFF0E0, 0x63458C, 0x4A3A7C, 0x0A0718);
    public static readonly Palette Ember = Of(0x2A0D1A, 0xA02A20, 0xFF8030, 0xFFDC88, 0xE05530, 0x98362C, 0x17070B);
    public static readonly Palette Scarlet = Of(0x571A2C, 0xD0453A, 0xFFB070, 0xFFEBC0, 0xF08060, 0xB5483F, 0x210A12);
    public static readonly Palette Azure = Of(0x1C6CB0, 0x68BFDA, 0xE6F5E6, 0xFFFBE4, 0xFFFFFF, 0x6FA8BE, 0x0E3848);
    public static readonly Palette Lagoon = Of(0x2A86A8, 0x86D2CC, 0xFFF0CC, 0xFFF9DE, 0xFFF8EA, 0x78B0B0, 0x0E3B40);
    public static readonly Palette Woods = Of(0x86A9A4, 0xBDD6C2, 0xF0F4DA, 0xFFFDE4, 0xF6F8EA, 0x82AA94, 0x0F2A1F);
    public static readonly Palette Pines = Of(0x5E8A96, 0xA8CCC0, 0xF6EFCF, 0xFFF8DA, 0xF2F6E6, 0x6F9C92, 0x0B241F);
    public static readonly Palette Snowfield = Of(0x6D96C4, 0xB4D0E8, 0xF7EEE8, 0xFFF6EA, 0xFFFFFF, 0xA6BEDA, 0x4A6488);
    public static readonly Palette Frost = Of(0x8A9CC8, 0xD6CBE2, 0xFFE6DA, 0xFFF4E6, 0xFFF2F0, 0xB2B6D8, 0x555C8C);
    public static readonly Palette Blossom = Of(0x8FA9DA, 0xF3BFD2, 0xFFEAE2, 0xFFF8EC, 0xFFE6EA, 0xCB9CBA, 0x4B2947);
    public static readonly Palette Autumn = Of(0x7C92BA, 0xF0C79E, 0xFFF0CE, 0xFFF6DC, 0xFFEFD8, 0xC39264, 0x4A2012);
    public static readonly Palette Ink = Of(0xD3CDBE, 0xE3DCCD, 0xF3EEE2, 0xCF4630, 0xECE6D9, 0xA9A9A2, 0x1D2023);

    /// <summary>The colour of the ground, from 0 (farthest) to 1 (nearest).</summary>
    public SKColor Ground(float nearness) => Mix(Far, Near, nearness);

    /// <summary>Mixes this palette with a share of another, so that pictures of one theme differ.</summary>
    public Palette Towards(Palette other, float share) => new(
        Mix(Zenith, other.Zenith, share), Mix(Sky, other.Sky, share), Mix(Horizon, other.Horizon, share), Mix(Light, other.Light, share),
        Mix(Cloud, other.Cloud, share), Mix(Far, other.Far, share), Mix(Near, other.Near, share));

    public static SKColor Mix(SKColor from, SKColor to, float share) => new(
        (byte)(from.Red + ((to.Red - from.Red) * share)),
        (byte)(from.Green + ((to.Green - from.Green) * share)),
        (byte)(from.Blue + ((to.Blue - from.Blue) * share)));

    private static Palette Of(uint zenith, uint sky, uint horizon, uint light, uint cloud, uint far, uint near) =>
        new(Colour(zenith), Colour(sky), Colour(horizon), Colour(light), Colour(cloud), Colour(far), Colour(near));

    private static SKColor Colour(uint rgb) => new(0xFF000000 | rgb);
}
