namespace Darkroom.Simulator.Paintings.Landscape;

/// <summary>Finds the words of a prompt that steer the picture.</summary>
static class PromptReader
{
    static readonly Dictionary<string, Motif> English = new(StringComparer.OrdinalIgnoreCase)
    {
        ["night"] = Motif.Night,
        ["moon"] = Motif.Night,
        ["moonlight"] = Motif.Night,
        ["star"] = Motif.Night,
        ["stars"] = Motif.Night,
        ["starry"] = Motif.Night,
        ["midnight"] = Motif.Night,
        ["dark"] = Motif.Night,
        ["aurora"] = Motif.Night | Motif.Aurora,
        ["sunrise"] = Motif.Sunrise,
        ["dawn"] = Motif.Sunrise,
        ["morning"] = Motif.Sunrise,
        ["sunset"] = Motif.Sunset,
        ["dusk"] = Motif.Sunset,
        ["evening"] = Motif.Sunset,
        ["twilight"] = Motif.Sunset,
        ["gold"] = Motif.Gold,
        ["golden"] = Motif.Gold,
        ["yellow"] = Motif.Gold,
        ["desert"] = Motif.Gold,
        ["fire"] = Motif.Fire,
        ["red"] = Motif.Fire,
        ["volcano"] = Motif.Fire,
        ["lava"] = Motif.Fire,
        ["dragon"] = Motif.Fire,
        ["sea"] = Motif.Sea,
        ["ocean"] = Motif.Sea,
        ["beach"] = Motif.Sea,
        ["island"] = Motif.Sea,
        ["coast"] = Motif.Sea,
        ["lake"] = Motif.Lake,
        ["river"] = Motif.Lake,
        ["water"] = Motif.Lake,
        ["reflection"] = Motif.Lake,
        ["forest"] = Motif.Forest,
        ["tree"] = Motif.Forest,
        ["trees"] = Motif.Forest,
        ["green"] = Motif.Forest,
        ["pine"] = Motif.Forest,
        ["snow"] = Motif.Snow,
        ["snowy"] = Motif.Snow,
        ["winter"] = Motif.Snow,
        ["ice"] = Motif.Snow,
        ["white"] = Motif.Snow,
        ["spring"] = Motif.Blossom,
        ["cherry"] = Motif.Blossom,
        ["blossom"] = Motif.Blossom,
        ["pink"] = Motif.Blossom,
        ["autumn"] = Motif.Autumn,
        ["fall"] = Motif.Autumn,
        ["orange"] = Motif.Autumn,
        ["maple"] = Motif.Autumn,
        ["ink"] = Motif.Ink,
        ["calligraphy"] = Motif.Ink,
        ["monochrome"] = Motif.Ink,
        ["mountain"] = Motif.Mountain,
        ["mountains"] = Motif.Mountain,
        ["valley"] = Motif.Mountain,
        ["mist"] = Motif.Mountain,
        ["cat"] = Motif.Cat,
        ["cats"] = Motif.Cat,
        ["kitten"] = Motif.Cat,
        ["bird"] = Motif.Bird,
        ["birds"] = Motif.Bird,
        ["crane"] = Motif.Bird,
        ["boat"] = Motif.Boat | Motif.Sea,
        ["ship"] = Motif.Boat | Motif.Sea,
        ["sail"] = Motif.Boat | Motif.Sea,
        ["day"] = Motif.Day,
        ["noon"] = Motif.Day,
        ["blue"] = Motif.Day,
        ["summer"] = Motif.Day,
        ["sunny"] = Motif.Day,
    };

    static readonly (string Character, Motif Motif)[] Chinese =
    [
        ("夜", Motif.Night), ("月", Motif.Night), ("星", Motif.Night), ("极光", Motif.Night | Motif.Aurora),
        ("日出", Motif.Sunrise), ("晨", Motif.Sunrise), ("早", Motif.Sunrise),
        ("日落", Motif.Sunset), ("夕", Motif.Sunset), ("黄昏", Motif.Sunset), ("晚", Motif.Sunset),
        ("金", Motif.Gold), ("沙漠", Motif.Gold), ("火", Motif.Fire), ("红", Motif.Fire), ("龙", Motif.Fire),
        ("海", Motif.Sea), ("岛", Motif.Sea), ("湖", Motif.Lake), ("江", Motif.Lake), ("河", Motif.Lake), ("水", Motif.Lake),
        ("森", Motif.Forest), ("林", Motif.Forest), ("树", Motif.Forest), ("绿", Motif.Forest),
        ("雪", Motif.Snow), ("冬", Motif.Snow), ("冰", Motif.Snow),
        ("春", Motif.Blossom), ("樱", Motif.Blossom), ("花", Motif.Blossom),
        ("秋", Motif.Autumn), ("枫", Motif.Autumn), ("墨", Motif.Ink), ("山", Motif.Mountain), ("雾", Motif.Mountain),
        ("猫", Motif.Cat), ("鸟", Motif.Bird), ("鹤", Motif.Bird), ("船", Motif.Boat | Motif.Sea), ("帆", Motif.Boat | Motif.Sea),
        ("夏", Motif.Day), ("蓝", Motif.Day), ("晴", Motif.Day),
    ];

    public static Motif MotifsIn(string prompt)
    {
        var motifs = Motif.None;

        // Whole words only: a "bored category" asks for neither red nor cat.
        var words = English.GetAlternateLookup<ReadOnlySpan<char>>();
        var start = 0;
        for (var i = 0; i <= prompt.Length; i++)
        {
            if (i < prompt.Length && char.IsAsciiLetter(prompt[i]))
                continue;
            if (words.TryGetValue(prompt.AsSpan(start, i - start), out var motif))
                motifs |= motif;
            start = i + 1;
        }

        // Chinese is written without spaces, so there a part of the text is enough.
        foreach (var (character, motif) in Chinese)
        {
            if (prompt.Contains(character, StringComparison.Ordinal))
                motifs |= motif;
        }

        return motifs;
    }
}
