using Darkroom.Fuzz.Targets;

namespace Darkroom.Fuzz.Mutation;

/// <summary>The inputs of a target that others are made from: its seeds, and inputs that reached new code.</summary>
internal sealed class Corpus
{
    /// <summary>The longest input that is kept. Longer ones would make all that are made from them slow.</summary>
    public const int LongestKept = 2 << 10;

    // Enough for every target; above it, an input replaces an older one.
    private const int Most = 20_000;

    private readonly List<byte[]> _inputs = [];

    /// <summary>The seeds, in the order of their names.</summary>
    public static IReadOnlyList<byte[]> SeedsOf(FuzzTarget target) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Seeds", target.Name))
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes),
    ];

    public void Add(byte[] input, Random random)
    {
        if (input.Length > LongestKept)
            return;
        if (_inputs.Count < Most)
            _inputs.Add(input);
        else
            _inputs[random.Next(Most)] = input;
    }

    /// <summary>Picks an input. Half of the picks are among the newest, which have been changed the least often.</summary>
    public byte[] Pick(Random random)
    {
        var newest = _inputs.Count - (_inputs.Count / 4);
        return random.Next(2) == 0 && newest < _inputs.Count
            ? _inputs[random.Next(newest, _inputs.Count)]
            : _inputs[random.Next(_inputs.Count)];
    }
}
