namespace Darkroom.Fuzz.Mutation;

/// <summary>
/// Makes very long inputs. What takes a time that grows with the square of the length shows only there, and so do allocations that grow
/// faster than the input.
/// </summary>
internal static class LongChanges
{
    private const int LongestPiece = 256;

    /// <summary>Repeats a piece of the input until it has any length up to the longest one.</summary>
    public static byte[] Repeat(byte[] input, int longest, Random random)
    {
        if (input.Length == 0)
            return new byte[random.Next(longest)];
        var from = random.Next(input.Length);
        var piece = input.AsSpan(from, 1 + random.Next(Math.Min(LongestPiece, input.Length - from)));
        // Half of them are as long as they may be.
        var wanted = random.Next(2) == 0 ? longest - input.Length : random.Next(longest);
        var filling = new byte[Math.Max(piece.Length, wanted / piece.Length * piece.Length)];
        for (var at = 0; at < filling.Length; at += piece.Length)
            piece.CopyTo(filling.AsSpan(at));
        return [.. input.AsSpan(0, from), .. filling, .. input.AsSpan(from)];
    }
}
