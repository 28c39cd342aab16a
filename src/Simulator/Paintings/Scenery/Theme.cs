namespace Darkroom.Simulator.Paintings.Scenery;

/// <summary>The things that a landscape can contain.</summary>
[Flags]
internal enum Motifs
{
    None = 0,
    Night = 1,
    Sea = 2,
    Lake = 4,
    Forest = 8,
    Snow = 16,
    Blossom = 32,
    Sparks = 64,
    Birds = 128,
    Boat = 256,
    Cat = 512,
    Mountains = 1024,
}

/// <summary>The colours and the motifs that the words of a prompt select.</summary>
internal sealed record Theme(Palette Palette, Motifs Motifs)
{
    // The first row that matches the prompt and has a palette decides the colours. The time of day comes early in the table, because it
    // affects the colours more than the objects do. Motifs are collected from every row that matches.
    private static readonly (string Words, Motifs Motifs, Palette[] Palettes)[] Rows =
    [
        ("ink calligraphy monochrome 墨", Motifs.Birds, [Palette.Ink]),
        ("night midnight moon moonlight star stars starry dark 夜 月 星", Motifs.Night, [Palette.Midnight, Palette.Violet]),
        ("fire volcano lava dragon 火 龙", Motifs.Sparks, [Palette.Ember, Palette.Scarlet]),
        ("red 红", Motifs.None, [Palette.Scarlet, Palette.Ember]),
        ("sunset dusk evening twilight 日落 夕 黄昏 晚", Motifs.None, [Palette.Sunset, Palette.Dusk]),
        ("sunrise dawn morning 日出 晨 早", Motifs.None, [Palette.Dawn, Palette.Blossom]),
        ("gold golden yellow desert 金 沙漠", Motifs.None, [Palette.Golden]),
        ("spring cherry blossom flower flowers pink 春 樱 花", Motifs.Blossom, [Palette.Blossom]),
        ("autumn fall maple orange 秋 枫", Motifs.Forest, [Palette.Autumn]),
        ("snow snowy winter ice white 雪 冬 冰", Motifs.Snow, [Palette.Snowfield, Palette.Frost]),
        ("sea ocean beach island coast 海 岛", Motifs.Sea, [Palette.Azure, Palette.Lagoon]),
        ("forest tree trees pine pines wood woods 森 林 树", Motifs.Forest, [Palette.Woods, Palette.Pines]),
        ("green 绿", Motifs.None, [Palette.Woods, Palette.Pines]),
        ("day noon blue summer sunny 夏 蓝 晴", Motifs.None, [Palette.Day]),
        ("lake river water reflection 湖 江 河 水", Motifs.Lake, []),
        ("mountain mountains valley mist 山 雾", Motifs.Mountains, []),
        ("bird birds crane 鸟 鹤", Motifs.Birds, []),
        ("boat ship sail 船 帆", Motifs.Boat | Motifs.Sea, []),
        ("cat cats kitten 猫", Motifs.Cat, []),
    ];

    private static readonly Palette[] Usual =
    [
        Palette.Golden, Palette.Sunset, Palette.Dusk, Palette.Dawn, Palette.Day,
        Palette.Azure, Palette.Lagoon, Palette.Pines, Palette.Autumn,
    ];

    public static Theme Of(string prompt, Random random)
    {
        var words = Words(prompt);
        var motifs = Motifs.None;
        Palette[]? palettes = null;
        foreach (var row in Rows.Where(row => row.Words.Split(' ').Any(Asked)))
        {
            motifs |= row.Motifs;
            palettes ??= row.Palettes is [] ? null : row.Palettes;
        }

        palettes ??= Usual;
        var palette = random.GetItems(palettes, 2);
        return new Theme(palette[0].Towards(palette[1], random.NextSingle() / 2), motifs);

        // Chinese has no spaces between words, so any part of the text matches. English matches whole words only: "a bored category"
        // contains neither the word "red" nor the word "cat".
        bool Asked(string word) => char.IsAscii(word[0]) ? words.Contains(word) : prompt.Contains(word, StringComparison.Ordinal);
    }

    private static HashSet<string> Words(string prompt)
    {
        var letters = string.Create(prompt.Length, prompt, (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = char.IsAsciiLetter(source[i]) ? char.ToLowerInvariant(source[i]) : ' ';
        });
        return [.. letters.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
