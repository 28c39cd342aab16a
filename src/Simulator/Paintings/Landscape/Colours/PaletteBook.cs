using Darkroom.Simulator.Paintings.Landscape.Chance;

namespace Darkroom.Simulator.Paintings.Landscape.Colours;

/// <summary>The palettes, and which of them suits a prompt.</summary>
static class PaletteBook
{
    //                                       zenith    sky       horizon   light     cloud     far       near      mist      darkness
    static readonly Palette Golden = Mixed(0x8580B0, 0xE9BC86, 0xFFDF9C, 0xFFF3CC, 0xFFE0B0, 0xC99A6C, 0x35200F, 0xF7D49A);
    static readonly Palette Honey = Mixed(0xB0887C, 0xEAB36A, 0xFFE7A8, 0xFFF8DC, 0xFFD690, 0xB98550, 0x2A1B12, 0xFBDDA0);
    static readonly Palette Sunset = Mixed(0x2D3270, 0xB5527F, 0xFF9F5E, 0xFFE3A6, 0xFF9472, 0x8B5080, 0x1E1230, 0xFFA67C);
    static readonly Palette Dusk = Mixed(0x1F2656, 0x6A5699, 0xF0A9A4, 0xFFE6C8, 0xD48AA6, 0x6A5C96, 0x161530, 0xE0A3B0, 0.35f);
    static readonly Palette Dawn = Mixed(0x6C98C8, 0xEFBCC2, 0xFFE6BE, 0xFFF7E0, 0xFFD6CC, 0xA6A9CA, 0x2C3956, 0xF9DCCB);
    static readonly Palette Day = Mixed(0x2F7DC4, 0x86BFE8, 0xE4F1F0, 0xFFFBE8, 0xFFFFFF, 0x96B8CF, 0x1C4444, 0xDDECEE);
    static readonly Palette Meadow = Mixed(0x4A94C8, 0xA4D2DC, 0xF3F3D6, 0xFFFBE0, 0xFFFEF4, 0x92B8A8, 0x1E4426, 0xE2EED4);
    static readonly Palette Midnight = Mixed(0x070B24, 0x152A60, 0x41639A, 0xF4F1DE, 0x3A5288, 0x30507F, 0x050917, 0x4A6C9E, 1);
    static readonly Palette Moonlit = Mixed(0x061A2A, 0x10425A, 0x4E8C98, 0xFAF3DA, 0x3F7A88, 0x2A6273, 0x041018, 0x5A98A2, 1);
    static readonly Palette Violet = Mixed(0x0E0A2C, 0x35246A, 0x8A5C9C, 0xFFF0E0, 0x63458C, 0x4A3A7C, 0x0A0718, 0x8A629C, 1);
    static readonly Palette Ember = Mixed(0x2A0D1A, 0xA02A20, 0xFF8030, 0xFFDC88, 0xE05530, 0x98362C, 0x17070B, 0xF5743A);
    static readonly Palette Scarlet = Mixed(0x571A2C, 0xD0453A, 0xFFB070, 0xFFEBC0, 0xF08060, 0xB5483F, 0x210A12, 0xFFA070);
    static readonly Palette Azure = Mixed(0x1C6CB0, 0x68BFDA, 0xE6F5E6, 0xFFFBE4, 0xFFFFFF, 0x7FB2C4, 0x0E3848, 0xD4EEE8);
    static readonly Palette Lagoon = Mixed(0x2A86A8, 0x86D2CC, 0xFFF0CC, 0xFFF9DE, 0xFFF8EA, 0x78B0B0, 0x0E3B40, 0xE2F0DA);
    static readonly Palette Woods = Mixed(0x86A9A4, 0xBDD6C2, 0xF0F4DA, 0xFFFDE4, 0xF6F8EA, 0x8DB09C, 0x0F2A1F, 0xDEEBD6);
    static readonly Palette Pines = Mixed(0x5E8A96, 0xA8CCC0, 0xF6EFCF, 0xFFF8DA, 0xF2F6E6, 0x6F9C92, 0x0B241F, 0xD6E8D2);
    static readonly Palette Snowfield = Mixed(0x6D96C4, 0xB4D0E8, 0xF7EEE8, 0xFFF6EA, 0xFFFFFF, 0xA6BEDA, 0x283C5A, 0xEFF3F8);
    static readonly Palette Frost = Mixed(0x8A9CC8, 0xD6CBE2, 0xFFE6DA, 0xFFF4E6, 0xFFF2F0, 0xB2B6D8, 0x333A60, 0xF6E9EC);
    static readonly Palette Blossom = Mixed(0x8FA9DA, 0xF3BFD2, 0xFFEAE2, 0xFFF8EC, 0xFFE6EA, 0xCB9CBA, 0x4B2947, 0xFBDDE0);
    static readonly Palette Autumn = Mixed(0x7C92BA, 0xF0C79E, 0xFFF0CE, 0xFFF6DC, 0xFFEFD8, 0xC39264, 0x4A2012, 0xF4DDB4);
    static readonly Palette Ink = Mixed(0xD3CDBE, 0xE3DCCD, 0xF3EEE2, 0xF7E8DA, 0xECE6D9, 0xA9A9A2, 0x1D2023, 0xEEE9DD) with
    {
        Disc = Tint.Of(0xCF4630), // the one colour in an ink painting, like its seal
    };

    // The first line that a prompt matches decides; the hour of the day says more about the colours than what stands in the picture.
    static readonly (Motif Motif, Palette[] Palettes)[] Chapters =
    [
        (Motif.Ink, [Ink]),
        (Motif.Night, [Midnight, Moonlit, Violet]),
        (Motif.Fire, [Ember, Scarlet]),
        (Motif.Sunset, [Sunset, Dusk, Scarlet]),
        (Motif.Sunrise, [Dawn, Blossom, Golden]),
        (Motif.Gold, [Golden, Honey]),
        (Motif.Blossom, [Blossom]),
        (Motif.Autumn, [Autumn, Golden]),
        (Motif.Snow, [Snowfield, Frost]),
        (Motif.Sea, [Azure, Lagoon]),
        (Motif.Forest, [Woods, Pines, Meadow]),
        (Motif.Day, [Day, Meadow]),
    ];

    static readonly Palette[] All =
    [
        Golden, Honey, Sunset, Dusk, Dawn, Day, Meadow, Midnight, Moonlit, Violet, Scarlet, Azure, Lagoon, Woods, Pines, Snowfield, Frost,
        Blossom, Autumn, Ink,
    ];

    public static Palette Choose(Motif motifs, Dice dice)
    {
        var palettes = All;
        foreach (var (motif, chapter) in Chapters)
        {
            if (!motifs.HasFlag(motif))
                continue;
            palettes = chapter;
            break;
        }

        var palette = palettes[dice.Below(palettes.Length)];
        var neighbour = palettes == All ? palette : palettes[dice.Below(palettes.Length)];
        return palette.Towards(neighbour, dice.Between(0, 0.5f)).Turned(dice.Between(-0.045f, 0.045f));
    }

    static Palette Mixed(
        uint zenith, uint sky, uint horizon, uint light, uint cloud, uint far, uint near, uint mist, float darkness = 0) => new(
        Tint.Of(zenith), Tint.Of(sky), Tint.Of(horizon), Tint.Of(light), Tint.Of(cloud), Tint.Of(far), Tint.Of(near), Tint.Of(mist),
        Tint.Of(light).Lighter(0.35f), darkness);
}
