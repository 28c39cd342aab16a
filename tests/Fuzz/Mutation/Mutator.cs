using Darkroom.Fuzz.Targets;

namespace Darkroom.Fuzz.Mutation;

/// <summary>Makes the next input from inputs that are known: one of them, changed a few times.</summary>
internal sealed class Mutator(FuzzTarget target, Random random)
{
    private const int MostChanges = 5;

    // A long input takes long, and most of what it shows a short one shows too.
    private const int UsualLength = Corpus.LongestKept;
    private const int OneLongOf = 2000;

    private readonly WordChanges _words = new(Dictionaries.Read(target.Words));

    public byte[] Next(Corpus corpus)
    {
        if (random.Next(OneLongOf) == 0)
            return Cut(LongChanges.Repeat(corpus.Pick(random), target.Longest, random), target.Longest);
        var input = corpus.Pick(random);
        for (var left = 1 + random.Next(MostChanges); left > 0; left--)
            input = Change(input, corpus);
        return Cut(input, Math.Min(UsualLength, target.Longest));
    }

    private byte[] Change(byte[] input, Corpus corpus) => random.Next(14) switch
    {
        0 => ByteChanges.FlipBit(input, random),
        1 => ByteChanges.SetByte(input, random),
        2 => ByteChanges.CutOff(input, random),
        3 => ByteChanges.Remove(input, random),
        4 => ByteChanges.Insert(input, random),
        5 => ByteChanges.Duplicate(input, random),
        6 => ByteChanges.Splice(input, corpus.Pick(random), random),
        7 => ByteChanges.SetNumber(input, random),
        8 => TextChanges.ReplaceNumber(input, random),
        9 => TextChanges.Nest(input, random),
        10 => TextChanges.InsertInvalidText(input, random),
        11 => TextChanges.MoveLine(input, random),
        _ => _words.Insert(input, random),
    };

    private static byte[] Cut(byte[] input, int longest) => input.Length <= longest ? input : input[..longest];
}
