namespace Darkroom.Fuzz.Mutation;

/// <summary>Inserts the words of a format, or replaces a part of the input by one.</summary>
internal sealed class WordChanges(IReadOnlyList<byte[]> words)
{
    private const int LongestReplaced = 12;

    public byte[] Insert(byte[] input, Random random)
    {
        if (words.Count == 0)
            return input;
        var word = words[random.Next(words.Count)];
        var from = random.Next(input.Length + 1);
        var replaced = random.Next(2) == 0 ? 0 : random.Next(Math.Min(LongestReplaced, input.Length - from) + 1);
        return [.. input.AsSpan(0, from), .. word, .. input.AsSpan(from + replaced)];
    }
}
