using System.Globalization;

namespace Darkroom.Fuzz.Mutation;

/// <summary>
/// Reads dictionaries in the form of afl-fuzz: a word in quotes on each line, with <c>\x00</c> for bytes that are not printable ASCII.
/// </summary>
internal static class Dictionaries
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Words");

    public static IReadOnlyList<byte[]> Read(IEnumerable<string> names) =>
        [.. names.SelectMany(name => File.ReadLines(Path.Combine(Folder, $"{name}.dict"))).Select(Word)];

    private static byte[] Word(string line)
    {
        var word = new List<byte>();
        var text = line[1..^1];
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || text[++at] != 'x')
            {
                word.Add((byte)text[at]);
                continue;
            }

            word.Add(byte.Parse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier));
            at += 2;
        }

        return [.. word];
    }
}
