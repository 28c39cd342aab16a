using System.Text;

namespace Darkroom.Fuzz.Mutation;

/// <summary>Changes of texts: numbers, nesting, invalid characters, the order of lines.</summary>
internal static class TextChanges
{
    private const int DeepestUsual = 70;
    private const int Deepest = 4000;

    private static readonly byte[][] Numbers =
    [
        .. new[]
        {
            "0", "-0", "-1", "1", "00", "0.1", "1.5", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967296",
            "9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e15", "1E-400", "1e308", "1e309",
            "-1e309", "99999999999999999999999999999999999999", "0x10", "NaN", "Infinity", "1.", ".5", "+1", "1_000", "１",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    // What decoders disagree about: overlong forms, surrogates in UTF-8, characters beyond the last one, halves of escaped pairs, marks of
    // other encodings, characters that are more than one char, and those that change the direction or the case of a text.
    private static readonly byte[][] Invalid =
    [
        [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0x80], [0xE9], [0xFF], [0xFE, 0xFF], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC4, 0xE3, 0xBA, 0xC3], [0], [0xC2, 0x85],
        [.. "\\ud800"u8], [.. "\\udc00"u8], [.. "\\ud83d\\ude00"u8], [.. "\\u0000"u8], [.. "\u2028"u8], [.. "\u202E"u8], [.. "\uFFFD"u8],
        [.. "😀"u8], [.. "\u0130"u8], [.. "é"u8], [.. "。"u8],
    ];

    private static readonly (byte[] Open, byte[] Close)[] Pairs =
        [([.. "["u8], [.. "]"u8]), ([.. "{\"a\":"u8], [.. "}"u8]), ([.. "\""u8], [.. "\""u8]), ([.. "("u8], [.. ")"u8])];

    /// <summary>Replaces a number by one at a limit.</summary>
    public static byte[] ReplaceNumber(byte[] input, Random random)
    {
        var number = Numbers[random.Next(Numbers.Length)];
        if (input.Length == 0)
            return number;
        var from = random.Next(input.Length);
        while (from < input.Length && !char.IsAsciiDigit((char)input[from]))
            from++;
        var to = from;
        while (to < input.Length && (char.IsAsciiDigit((char)input[to]) || input[to] == (byte)'.'))
            to++;
        return [.. input.AsSpan(0, from), .. number, .. input.AsSpan(to)];
    }

    /// <summary>Puts a part of the input into many brackets.</summary>
    public static byte[] Nest(byte[] input, Random random)
    {
        var (open, close) = Pairs[random.Next(Pairs.Length)];
        var depth = 1 + random.Next(random.Next(8) == 0 ? Deepest : DeepestUsual);
        var from = random.Next(input.Length + 1);
        var to = random.Next(from, input.Length + 1);
        var closed = random.Next(4) == 0 ? random.Next(depth) : depth;
        byte[] nested = [.. Times(open, depth), .. input.AsSpan(from, to - from), .. Times(close, closed)];
        return [.. input.AsSpan(0, from), .. nested, .. input.AsSpan(to)];
    }

    public static byte[] InsertInvalidText(byte[] input, Random random) =>
        ByteChanges.Insert(input, Invalid[random.Next(Invalid.Length)], random);

    /// <summary>Moves a line to another place, or repeats it.</summary>
    public static byte[] MoveLine(byte[] input, Random random)
    {
        var from = random.Next(input.Length + 1);
        var begin = input.AsSpan(0, from).LastIndexOf((byte)'\n') + 1;
        var length = input.AsSpan(begin).IndexOf((byte)'\n');
        var line = input.AsSpan(begin, length < 0 ? input.Length - begin : length + 1);
        var target = input.AsSpan(0, random.Next(input.Length + 1)).LastIndexOf((byte)'\n') + 1;
        return [.. input.AsSpan(0, target), .. line, .. input.AsSpan(target)];
    }

    private static byte[] Times(byte[] piece, int count)
    {
        var all = new byte[piece.Length * count];
        for (var at = 0; at < all.Length; at += piece.Length)
            piece.CopyTo(all, at);
        return all;
    }
}
